using CyclerControl.Analysis.Reports;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Tests.Reports;

public sealed class ReportStreamingTests
{
    private const int Hours = 1000;

    /// <summary>1,000 h of 1 h / 1 h at one row a second, never in memory.</summary>
    private static IEnumerable<SampleRow> Rows()
    {
        for (var hour = 0; hour < Hours; hour++)
        {
            var sign = hour % 2 == 0 ? -1 : 1;
            for (var second = 1; second <= 3600; second++)
            {
                var ampHours = 1e-3 * second / 3600;
                yield return new SampleRow(
                    ((hour * 3600L) + second) * 1_000_000_000, sign * 0.05, sign * 1e-3, 25, second * 1_000_000_000L, hour + 1, 1, (hour / 2) + 1,
                    hour + 1, sign > 0 ? ampHours : 0, sign < 0 ? ampHours : 0, 0, 0, sign > 0 ? ampHours : 0, sign < 0 ? ampHours : 0, RowReason.Rule);
            }
        }
    }

    [Fact]
    public void Build_ThousandHoursEverySecond_MemoryGrowsWithStepsOnly()
    {
        var run = new ScriptedRun { Measure = Measure.Cycling, Grid = _ => [] };
        for (var hour = 0; hour < Hours; hour++)
        {
            run.Current(hour % 2 == 0 ? -1e-3 : 1e-3, 3600, _ => 0.05);
        }

        RunReport report;
        var before = GC.GetAllocatedBytesForCurrentThread();
        report = run.Report(RunOutcome.Completed, rows: Rows());
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(3_600_000, report.Totals.Rows);
        Assert.Equal(Hours, Assert.Single(report.Levels).Members.Count);
        Assert.Equal(0.05, report.Levels[0].MeanVolts!.Value, 12);
        Assert.True(allocated < 3_000_000, $"{allocated} B allocated for {Hours} steps");
    }
}
