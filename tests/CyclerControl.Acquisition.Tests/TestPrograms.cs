using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Tests;

/// <summary>Small programs written by hand: a row of steps.</summary>
internal static class TestPrograms
{
    public static readonly LimitSet NoLimits = new(null, null, 0.2, null, null, 1);

    public static RunProgram Of(params StepNode[] steps) => new()
    {
        ProtocolName = "test",
        ProtocolVersion = 1,
        Measure = Measure.None,
        Cell = new CellSpec { Kind = CellKind.Symmetric, AreaSquareCentimetres = 1 },
        Nodes = [.. steps.Select((s, i) => s with { Index = i, Next = i + 1 < steps.Length ? i + 1 : null, StepId = i + 1, Path = $"steps[{i}]" })],
        SampleEverySeconds = 0.1,
        SampleRequired = false,
        ShortCircuit = new ShortCircuitPolicy(ShortCircuitAction.Abort, ShortCircuitAction.Report, null),
        OnRestart = new ResumePolicy(null),
        OnLinkLoss = new ResumePolicy(600),
    };

    public static StepNode Rest(double seconds, double every = 0.1) => Step(StepKind.Rest, "rest", 0, every) with { ForSeconds = seconds };

    public static StepNode Plate(double amperes, double seconds, double every = 0.1) =>
        Step(StepKind.Current, "plate", -1, every) with { Amperes = amperes, ForSeconds = seconds };

    public static StepNode Strip(double amperes, double seconds, double every = 0.1) =>
        Step(StepKind.Current, "strip", 1, every) with { Amperes = amperes, ForSeconds = seconds };

    public static StepNode Sweep(double from, double to, double rate, double every = 0.1)
    {
        var path = new SweepPath(from, to, rate);
        return Step(StepKind.Sweep, "sweep", 0, every) with { Sweep = path, ForSeconds = path.SecondsFrom(from), AtMostAmperes = 10e-3 };
    }

    private static StepNode Step(StepKind kind, string verb, int direction, double every) => new(0, null, null, "")
    {
        StepId = 0,
        Kind = kind,
        Verb = verb,
        Direction = direction,
        Limits = NoLimits,
        Record = new RecordRule(1, null, null, null, null),
        SampleEverySeconds = every,
    };
}
