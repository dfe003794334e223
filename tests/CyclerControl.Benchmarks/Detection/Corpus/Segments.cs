using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Benchmarks.Detection.Corpus;

/// <summary>Segments as the engine would hand them to the detector.</summary>
internal static class Segments
{
    private static readonly StepNode RestStep = Step(StepKind.Rest, "rest", 0);
    private static readonly StepNode ChargeStep = Step(StepKind.Current, "strip", 1);
    private static readonly StepNode DischargeStep = Step(StepKind.Current, "plate", -1);
    private static readonly StepNode HoldStep = Step(StepKind.Hold, "hold", 0);

    public static Segment Of(in PlannedSegment planned, long startNanoseconds, double volts, int count)
    {
        var (step, setpoint) = planned.Kind switch
        {
            PlannedKind.Hold => (HoldStep, new Setpoint(OutputMode.Voltage, 0, volts, null, null, null)),
            _ when planned.Amperes == 0 => (RestStep, Setpoint.Rest),
            _ => (planned.Amperes > 0 ? ChargeStep : DischargeStep, new Setpoint(OutputMode.Current, planned.Amperes, 0, null, null, null)),
        };
        return new Segment(step, setpoint, startNanoseconds, planned.HalfCycle, count);
    }

    private static StepNode Step(StepKind kind, string verb, int direction) => new(0, null, null, "steps[0]")
    {
        StepId = 1,
        Kind = kind,
        Verb = verb,
        Direction = direction,
        Limits = new LimitSet(null, null, 0.2, null, null, 1),
        Record = new RecordRule(null, null, null, null, null),
        SampleEverySeconds = 1,
    };
}
