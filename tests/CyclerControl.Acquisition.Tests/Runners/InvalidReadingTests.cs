using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Tests.Runners;

public sealed class InvalidReadingTests
{
    private static (Bench Bench, TestRun Run) Running(Func<double, bool> isInvalid, double every = 0.1)
    {
        var bench = new Bench();
        bench.Link[1].Quality = now => isInvalid(now) ? ReadingQuality.Invalid : ReadingQuality.Valid;
        bench.Turn();
        var run = bench.Start(TestPrograms.Of(TestPrograms.Plate(1e-3, 3600, every)));
        return (bench, run);
    }

    [Fact]
    public void Observe_TenInARow_AreLeftOutCountedAndNoted()
    {
        var (bench, run) = Running(now => now is > 5 and < 6.05);
        bench.RunTo(20);

        Assert.Null(run.Result);
        Assert.Equal(10, bench.Snapshot().InvalidReadings);
        Assert.Single(run.EventKinds, "invalid_reading");
        Assert.DoesNotContain(run.Recorder.Rows, r => r.TimeSecondsIn(5.01, 6.05));
    }

    [Fact]
    public void Observe_ElevenInARow_FaultsTheRun()
    {
        var (bench, run) = Running(now => now > 5.05);
        bench.RunTo(20);

        Assert.Equal(RunOutcome.Faulted, run.Ending!.Outcome);
        Assert.Equal(6.1, bench.Link[1].Reads * 0.1, 6);
        Assert.False(bench.Link[1].OutputIsOn);
    }

    [Fact]
    public void Observe_InvalidForLongerThanTenSeconds_FaultsASlowlySampledRun()
    {
        var (bench, run) = Running(now => now > 30, every: 4);
        bench.RunTo(100);

        Assert.Equal(RunOutcome.Faulted, run.Ending!.Outcome);
        Assert.InRange(run.Ending.EndNanoseconds * 1e-9, 42, 44);
    }
}

internal static class SampleRowTimes
{
    public static bool TimeSecondsIn(this SampleRow row, double from, double to) =>
        row.TimeNanoseconds * 1e-9 >= from && row.TimeNanoseconds * 1e-9 <= to;
}
