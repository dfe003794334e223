using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Recording.Tests;

/// <summary>Records that look like those of a run.</summary>
internal static class Rows
{
    public static RunHeader Header(string runId = "20260304-050607-demo-1-abcd") => new()
    {
        RunId = runId,
        ChannelId = "demo/1",
        StartedUtc = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Simulated = true,
        ProtocolName = "ccd",
        ProtocolVersion = 1,
        Measure = Measure.Ccd,
        ProtocolText = "protocol: ccd\n",
        ProtocolSha256 = "00",
        Parameters = new Dictionary<string, string> { ["current"] = "1 mA/cm2" },
        DetectionSettings = new Dictionary<string, double> { ["hard_short.floor_volts"] = 0.0005, ["hard_short.samples"] = 2 },
        Cell = new CellSpec { Id = "c1", Kind = CellKind.Symmetric, AreaSquareCentimetres = 0.785, Notes = "n" },
        Operator = null,
        InstrumentIdentity = "CyclerControl SIM",
        Profile = "scpi-cycler-8ch",
        ProfileText = "profile: scpi-cycler-8ch\n",
        SoftwareVersion = "0.1.0",
    };

    /// <summary>Steps of 10 rows, the last at the step's end, alternating direction; each pair of steps is a cycle.</summary>
    public static SampleRow Row(int n)
    {
        var step = n / 10;
        var sign = step % 2 == 0 ? 1 : -1;
        var inStep = (n % 10) * (0.001 / 3600);
        var full = 9 * (0.001 / 3600);
        var charging = ((step + 1) / 2 * full) + (sign > 0 ? inStep : 0);
        var discharging = (step / 2 * full) + (sign < 0 ? inStep : 0);
        return new SampleRow(
            n * Nanoseconds.PerSecond, sign * (0.05 + (n * 1e-5)), sign * 0.001, null, (n % 10) * Nanoseconds.PerSecond, step + 1, (step % 2) + 1,
            (step / 2) + 1, step + 1, charging, discharging, charging * 0.05, discharging * 0.05, sign > 0 ? inStep : 0, sign < 0 ? inStep : 0,
            (n % 10) switch { 0 => RowReason.StepStart, 9 => RowReason.StepEnd, _ => RowReason.Rule });
    }

    public static StepRecord Step(int count, StepEnd end = StepEnd.Time) => new(
        count, ((count - 1) % 2) + 1, $"steps[{(count - 1) % 2}]", count % 2 == 1 ? "charge" : "discharge", null, count % 2 == 1 ? 0.001 : -0.001, null, null,
        ((count - 1) / 2) + 1, count, null, null, (count - 1) * 10 * Nanoseconds.PerSecond, count * 10 * Nanoseconds.PerSecond,
        count % 2 == 1 ? 1e-5 : 0, count % 2 == 1 ? 0 : 1e-5, 1e-6, 0, 0.05, 0.06, end, false, null);

    public static DetectionEvent Detection() => new(
        1, DetectionKind.HardShort, DetectionSeverity.Abort, 12.5, 12.25, 0.001, 0.002, 0.08, 7.5, 5, null, "V collapsed");

    public static RunEnding Ended(RunOutcome outcome = RunOutcome.Completed) => new(outcome, 99 * Nanoseconds.PerSecond, "all steps done", null);
}
