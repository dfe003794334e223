using CyclerControl.Cli.Tests.Processes;
using CyclerControl.Recording.Reading;

namespace CyclerControl.Cli.Tests.Commands;

/// <summary>What the run file and the output did, against what the simulated instrument itself wrote down.</summary>
public sealed class TruthTests(FinishedRuns runs) : IClassFixture<FinishedRuns>
{
    private const double SamplePeriodSeconds = 0.1;

    [Fact]
    public void Run_ChargeInTheFile_IsWhatTheInstrumentSourced()
    {
        using var reader = RunFileReader.Open(runs.Folder);
        var last = reader.EnumerateSamples().Last();
        var sourced = runs.Truth.Last(e => e is { Event: "charge", Channel: 1 }).Value;

        Assert.Equal(1, (last.ChargingAmpHours + last.DischargingAmpHours) / sourced.GetProperty("throughput_ah").GetDouble(), 1e-3);
        Assert.Equal(1, (last.ChargingAmpHours - last.DischargingAmpHours) / sourced.GetProperty("net_ah").GetDouble(), 1e-3);
    }

    [Fact]
    public void Run_OutputAfterTheShort_IsOffWithinTwoSamplesAndStaysOff()
    {
        var onset = Assert.Single(runs.Truth, e => e is { Event: "short", Channel: 1 });
        var outputs = runs.Truth.Where(e => e is { Event: "output", Channel: 1 }).ToList();

        var off = outputs.First(e => e.Seconds >= onset.Seconds && e.Value.GetString() == "off");
        Assert.InRange(off.Seconds - onset.Seconds, 0, (2 * SamplePeriodSeconds) + 1e-6);
        Assert.Same(outputs[^1], off);
    }

    [Fact]
    public void Run_ShortInTheReport_IsThePlantedOne()
    {
        var onset = runs.Truth.Single(e => e is { Event: "short", Channel: 1 });
        var found = Workbench.Json(runs.Run.Output).GetProperty("short");

        Assert.InRange(found.GetProperty("time_s").GetDouble() - onset.Seconds, 0, 2 * SamplePeriodSeconds);
        Assert.Equal(onset.Value.GetProperty("kind").GetString(), found.GetProperty("kind").GetString());
        Assert.Equal(
            Math.Abs(onset.Value.GetProperty("current_density_ma_per_cm2").GetDouble()), found.GetProperty("current_ma_per_cm2").GetDouble(), 6);
    }

    [Fact]
    public void Run_OtherChannels_WereNeverSwitchedOn() =>
        Assert.DoesNotContain(runs.Truth, e => e.Event == "output" && e.Channel != 1);
}
