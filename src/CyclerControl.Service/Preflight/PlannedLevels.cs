using System.Collections.Immutable;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Service.Preflight;

/// <summary>Set-points of a program.</summary>
internal static class PlannedLevels
{
    /// <summary>Distinct |I| of all current steps, A, ascending.</summary>
    public static ImmutableArray<double> Amperes(RunProgram program) =>
    [
        .. Steps(program).Where(s => s.Kind == StepKind.Current).SelectMany(s => LevelsOf(program, s)).Where(a => a > 0).Distinct().Order(),
    ];

    /// <summary>Distinct ceilings of holds, A.</summary>
    public static IEnumerable<double> Ceilings(RunProgram program) => Steps(program).Select(s => s.AtMostAmperes).OfType<double>().Distinct();

    /// <summary>Voltages held and voltage goals, V.</summary>
    public static IEnumerable<double> Volts(RunProgram program) =>
        Steps(program).SelectMany(s => s.Goals.Where(g => g.Kind == GoalKind.Voltage).Select(g => (double?)g.Value).Append(s.Volts)).OfType<double>();

    /// <summary>The most that the protocol lets the cell reach, V; null where nothing says it.</summary>
    public static double? HighestVolts(RunProgram program) =>
        Steps(program).Max(s => s.Limits.MaxVolts) ?? Volts(program).Cast<double?>().Max();

    public static double? LowestLimitVolts(RunProgram program) => Steps(program).Min(s => s.Limits.MinVolts);

    public static bool Measures(RunProgram program, Measure measure) =>
        program.Measure == measure || program.Nodes.OfType<LoopNode>().Any(l => l.Measure == measure);

    public static IEnumerable<StepNode> Steps(RunProgram program) => program.Nodes.OfType<StepNode>();

    public static string Print(double amperes) => QuantityPrinter.Print(amperes, Dimension.Current);

    public static string PrintVolts(double volts) => QuantityPrinter.Print(volts, Dimension.Voltage);

    private static IEnumerable<double> LevelsOf(RunProgram program, StepNode step) =>
        step.RampLoop is { } ramp ? ((LoopNode)program.Nodes[ramp]).RampAmperes ?? [] : step.Amperes is { } amperes ? [amperes] : [];
}
