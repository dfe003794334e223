using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Benchmarks;

/// <summary>Rows of a 1 h / 1 h cycling at one row a second, with noise in the last digits so that no value repeats.</summary>
internal static class RecordRows
{
    private const int RowsPerStep = 3600;

    public static RunHeader Header(string runId) => new()
    {
        RunId = runId,
        ChannelId = "bench/1",
        StartedUtc = DateTimeOffset.UnixEpoch,
        Simulated = true,
        ProtocolName = "bench",
        ProtocolVersion = 1,
        Measure = Measure.Cycling,
        ProtocolText = "",
        ProtocolSha256 = "",
        Parameters = new Dictionary<string, string>(StringComparer.Ordinal),
        Cell = new CellSpec(),
        Profile = "bench",
        ProfileText = "",
        SoftwareVersion = "0",
    };

    public static SampleRow Row(int n)
    {
        var step = n / RowsPerStep;
        var second = n % RowsPerStep;
        var charges = step % 2 == 0;
        var noise = ((n * 2_654_435_761L) & 0xFFFF) * 1e-9;
        var amperes = (charges ? 0.001 : -0.001) + noise;
        var inStep = second * (0.001 / 3600) * (1 + noise);
        const double whole = RowsPerStep * (0.001 / 3600);
        var charging = ((step + 1) / 2 * whole) + (charges ? inStep : 0);
        var discharging = (step / 2 * whole) + (charges ? 0 : inStep);
        return new SampleRow(
            n * Nanoseconds.PerSecond,
            (charges ? 0.05 : -0.05) + noise,
            amperes,
            null,
            second * Nanoseconds.PerSecond,
            step + 1,
            (step % 2) + 1,
            (step / 2) + 1,
            step + 1,
            charging,
            discharging,
            charging * 0.05,
            discharging * 0.05,
            charges ? inStep : 0,
            charges ? 0 : inStep,
            second == 0 ? RowReason.StepStart : RowReason.Rule);
    }

    public static RunEnding Ending(int rows) => new(RunOutcome.Completed, rows * Nanoseconds.PerSecond, "done", null);
}
