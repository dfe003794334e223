using CyclerControl.Core.Channels;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;
using CyclerControl.Service.Preflight;

namespace CyclerControl.Service.Tests.Preflight;

/// <summary>A start with which all is well, for tests to change one thing of.</summary>
internal static class Facts
{
    /// <summary>Two ranges, so that the smallest that takes a current is a choice.</summary>
    public static readonly ChannelCapabilities Capabilities = new(
        -5,
        5,
        0.2e-3,
        [new CurrentRange("1 mA", 1e-3, 10e-9, 2e-4, 200e-9), new CurrentRange("100 mA", 0.1, 1e-6, 2e-4, 20e-6)],
        TimeSpan.FromMilliseconds(1),
        RestBehaviour.Open,
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMilliseconds(5));

    private const string Text = """
        protocol: small
        version: 1
        about: For tests
        measure: cycling
        cell: { kind: KIND, area: 1 cm2 }
        record: { every: 1 s }
        sample: { every: 100 ms }
        limits: { voltage: { min: -1 V, max: 4.2 V } }
        steps:
          - rest: 5 s
          - charge: CURRENT
            for: 1 h
        """;

    public static PreflightFacts Of(string current = "0.5 mA", string kind = "symmetric", Func<string, string>? edit = null)
    {
        var text = Text.Replace("CURRENT", current, StringComparison.Ordinal).Replace("KIND", kind, StringComparison.Ordinal);
        var reading = ProtocolReader.Read("small.yaml", edit is null ? text : edit(text));
        Assert.Empty(reading.Problems);
        var compiled = RunProgramCompiler.Compile(reading.Definition!, CellGiven.Nothing, new Dictionary<string, string>(StringComparer.Ordinal));
        Assert.Empty(compiled.Problems);
        return Of(compiled.Program!);
    }

    private static PreflightFacts Of(RunProgram program) => new()
    {
        Channel = new ChannelId("bench", 1),
        State = ChannelState.Idle,
        Program = program,
        Capabilities = Capabilities,
        Preview = ProtocolPreview.Of(program),
        IsSimulated = false,
        Identity = new InstrumentIdentity("ACME", "C8", "123", "1.0"),
        Earlier = null,
        OpenCircuitVolts = program.Cell.Kind == CellKind.Full ? 3.2 : 0,
        DataFolder = "/data",
        FreeBytes = 100_000_000_000,
        IsRealTime = true,
        NowUtc = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
        NewestRunUtc = new DateTimeOffset(2026, 3, 4, 5, 0, 0, TimeSpan.Zero),
        CompilerWarnings = [],
    };
}
