using CyclerControl.Core.Detection;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Protocols;

public sealed class DetectionKeysTests
{
    private const string Head = "protocol: p\nversion: 1\ncell: { kind: symmetric }\nsteps:\n  - rest: 1 h\n";

    private static (DetectionSettings? Settings, IReadOnlyList<string> Problems) Read(string settings)
    {
        var reading = ProtocolReader.Read("p.yaml", Head + "short_circuit: { settings: " + settings + " }\n");
        return (reading.Definition?.ShortCircuit.Detection, [.. reading.Problems.Select(p => p.ToString())]);
    }

    private static string ValueFor(ValueShape shape) => shape switch
    {
        WholeNumberShape => "7",
        NumberShape => "0.123",
        QuantityShape { Dimensions: [Dimension.Time, ..] } => "7 s",
        QuantityShape { Dimensions: [Dimension.Voltage, ..] } => "7 mV",
        QuantityShape { Dimensions: [Dimension.Fraction, ..] } => "12.3 %",
        _ => throw new InvalidOperationException($"{shape} is no shape of a setting"),
    };

    public static TheoryData<string, string> EveryKey()
    {
        var keys = new TheoryData<string, string>();
        foreach (var outer in DetectionKeys.Settings.Keys)
        {
            if (outer.Shape is not MappingShape rule)
            {
                keys.Add(outer.Name, $"{{ {outer.Name}: {ValueFor(outer.Shape)} }}");
                continue;
            }

            foreach (var key in rule.Keys.Keys)
            {
                keys.Add($"{outer.Name}.{key.Name}", $"{{ {outer.Name}: {{ {key.Name}: {ValueFor(key.Shape)} }} }}");
            }
        }

        return keys;
    }

    [Theory]
    [MemberData(nameof(EveryKey))]
    public void Read_OneKey_ChangesItsSettingAndNoOther(string key, string yaml)
    {
        var (settings, problems) = Read(yaml);
        Assert.Empty(problems);
        var (before, after) = (DetectionSettingsTable.Of(DetectionSettings.Default), DetectionSettingsTable.Of(settings!));
        var changed = Assert.Single(before.Keys, name => before[name] != after[name]);
        Assert.StartsWith(key.Split('.')[0], changed, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_OfAllSettings_AreAsManyAsTheSettings() =>
        Assert.Equal(DetectionSettingsTable.Of(DetectionSettings.Default).Count, EveryKey().Count);

    [Fact]
    public void Read_Units_AreTurnedIntoTheInsideOnes()
    {
        var (settings, _) = Read("{ hard_short: { floor: 2 mV, samples: 3, fraction: 25 % }, delivered_fraction: 50 % }");
        Assert.Equal(2e-3, settings!.HardShort.FloorVolts, 12);
        Assert.Equal(3, settings.HardShort.Samples);
        Assert.Equal(0.25, settings.HardShort.Fraction, 12);
        Assert.Equal(0.5, settings.DeliveredFraction, 12);
        Assert.Equal(DetectionSettings.Default.HardShort.StartSeconds, settings.HardShort.StartSeconds);
    }

    [Theory]
    [InlineData("{ hard_short: { flor: 1 mV } }", "'flor' is an unknown key", "did you mean floor?")]
    [InlineData("{ hard_short: { floor: 1 } }", "short_circuit.settings.hard_short.floor: '1' has no unit", "write 1 V")]
    [InlineData("{ hard_short: { samples: 0 } }", "short_circuit.settings.hard_short.samples", "1")]
    [InlineData("{ hardshort: { samples: 3 } }", "hardshort", "hard_short")]
    public void Read_WrongSetting_IsNamedWithItsCure(string settings, string what, string cure)
    {
        var (_, problems) = Read(settings);
        var problem = Assert.Single(problems);
        Assert.Contains(what, problem, StringComparison.Ordinal);
        Assert.Contains(cure, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Default_AfterAnOverrideWasRead_IsUntouched()
    {
        var before = DetectionSettingsTable.Of(DetectionSettings.Default);
        Read("{ hard_short: { floor: 9 mV } }");
        Assert.Equal(before, DetectionSettingsTable.Of(DetectionSettings.Default));
        Assert.Equal(DetectionSettingsTable.Of(new DetectionSettings()), before);
    }
}
