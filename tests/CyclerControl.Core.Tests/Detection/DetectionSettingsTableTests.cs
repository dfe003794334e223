using CyclerControl.Core.Detection;
using CyclerControl.Core.Detection.Replay;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Detection;

public sealed class DetectionSettingsTableTests
{
    [Fact]
    public void From_WhatOfWrote_IsTheSameSettings()
    {
        var settings = DetectionSettings.Default with
        {
            DeliveredFraction = 0.7,
            HardShort = new() { Samples = 7, FloorVolts = 2e-3 },
        };

        Assert.Equal(settings, DetectionSettingsTable.From(DetectionSettingsTable.Of(settings)));
    }

    [Fact]
    public void From_UnknownAndMissingNames_AreDefaults() =>
        Assert.Equal(DetectionSettings.Default, DetectionSettingsTable.From(new Dictionary<string, double> { ["gone.volts"] = 1 }));

    [Theory]
    [InlineData(0.2, true)]
    [InlineData(0.001, false)]
    public void Replay_SettingsOfARun_AreUsed(double fraction, bool found)
    {
        var settings = DetectionSettings.Default with { HardShort = new() { Fraction = fraction, FloorVolts = 1e-6, LargestOffsetVolts = 0 } };
        var survey = new CurrentSurvey();
        var rows = Enumerable.Range(1, 900).Select(n => new Measurement(n * 1_000_000_000L, n > 700 ? 0.01 : 0.1, 1e-3, 0)).ToList();
        rows.ForEach(row => survey.Add(row));
        var cell = new CellSurvey(survey.Scale);
        rows.ForEach(row => cell.Add(row));
        var replay = new RecordReplay(new CellSpec { Kind = CellKind.Symmetric }, cell.Traits, settings);

        rows.ForEach(row => replay.Add(row));
        replay.Finish();

        var hard = false;
        while (replay.TryTake(out var finding))
        {
            hard |= finding!.Kind == DetectionKind.HardShort;
        }

        Assert.Equal(found, hard);
    }
}
