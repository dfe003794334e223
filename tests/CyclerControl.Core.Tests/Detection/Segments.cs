using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Tests.Detection;

/// <summary>Segments as the engine would emit them.</summary>
internal static class Segments
{
    public static readonly LimitSet NoLimits = new(null, null, 0.2, null, null, 1);

    public static Segment Rest(double startSeconds, int halfCycle = 0, LimitSet? limits = null) =>
        Make(StepKind.Rest, Setpoint.Rest, startSeconds, halfCycle, limits);

    public static Segment Current(
        double amperes, double startSeconds = 0, int halfCycle = 1, LimitSet? limits = null, double? minVolts = null, double? maxVolts = null) =>
        Make(StepKind.Current, new Setpoint(OutputMode.Current, amperes, 0, minVolts, maxVolts, null), startSeconds, halfCycle, limits);

    public static Segment Hold(double volts, double startSeconds = 0, int halfCycle = 1, LimitSet? limits = null) =>
        Make(StepKind.Hold, new Setpoint(OutputMode.Voltage, 0, volts, null, null, null), startSeconds, halfCycle, limits);

    public static Segment Sweep(double fromVolts, double startSeconds = 0, int halfCycle = 1, LimitSet? limits = null) =>
        Make(StepKind.Sweep, new Setpoint(OutputMode.Voltage, 0, fromVolts, null, null, null), startSeconds, halfCycle, limits);

    public static long Nanoseconds(double seconds) => (long)Math.Round(seconds * 1e9);

    private static Segment Make(StepKind kind, Setpoint setpoint, double startSeconds, int halfCycle, LimitSet? limits)
    {
        var step = new StepNode(0, null, null, "steps[0]")
        {
            StepId = 1,
            Kind = kind,
            Verb = kind switch { StepKind.Rest => "rest", StepKind.Hold => "hold", StepKind.Sweep => "sweep", _ => setpoint.Amperes > 0 ? "strip" : "plate" },
            Limits = limits ?? NoLimits,
            Record = new RecordRule(null, null, null, null, null),
            SampleEverySeconds = 0.1,
        };
        return new Segment(step, setpoint, Nanoseconds(startSeconds), halfCycle, 1);
    }
}
