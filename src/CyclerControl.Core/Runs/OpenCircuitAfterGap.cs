using System.Globalization;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Runs;

/// <summary>What an open-circuit voltage after an interruption says.</summary>
/// <param name="Asks">It is not what it can be: the run is held, and an operator asked.</param>
/// <param name="Words">One sentence for the run file.</param>
public readonly record struct GapVerdict(bool Asks, string Words);

/// <summary>
/// Is the cell on the channel still the cell of the run? After a settled rest its open-circuit voltage is the last reading. Under current, or
/// soon after it, it lies between that reading and the voltage before the current of the leg began to flow: current moves the voltage away
/// from equilibrium, and without current it comes back (docs/decisions/0009-open-circuit-after-a-gap.md).
/// </summary>
public static class OpenCircuitAfterGap
{
    /// <summary>Further outside than this asks, V.</summary>
    public const double ToleranceVolts = 0.050;

    /// <summary>A rest younger than this still relaxes, ns.</summary>
    public const long SettledNanoseconds = 600 * Nanoseconds.PerSecond;

    /// <param name="program">The program of the run.</param>
    /// <param name="state">As of the last sample before the interruption.</param>
    /// <param name="voltsBeforeLeg">Last voltage before the current of the present leg began to flow, V; null: none was read.</param>
    /// <param name="volts">Measured with the output off, V; null: the instrument cannot be read then.</param>
    public static GapVerdict Judge(RunProgram program, ref readonly RunState state, double? voltsBeforeLeg, double? volts)
    {
        if (volts is not { } measured)
        {
            return new(false, "the open-circuit voltage cannot be read on this instrument: it is not judged");
        }

        if (!state.HasSample)
        {
            return new(false, Text($"open circuit {measured:0.0000} V; not judged: nothing was measured before the interruption"));
        }

        var (low, high) = Range(program, in state, voltsBeforeLeg);
        var asks = measured < low - ToleranceVolts || measured > high + ToleranceVolts;
        var expected = low == high ? Text($"{low:0.0000} V") : $"{Bound(low, "anything")} to {Bound(high, "anything")}";
        var words = Text($"open circuit {measured:0.0000} V, expected {expected} within {ToleranceVolts * 1000:0} mV");
        return new(asks, asks ? words + ": look at the cell, then resume or end the run" : words);
    }

    private static (double Low, double High) Range(RunProgram program, in RunState state, double? voltsBeforeLeg)
    {
        var last = state.LastVolts;
        var isRest = program.Nodes[state.Node] is StepNode { Kind: StepKind.Rest };
        if (isRest && state.Step.Samples > 0 && (state.Leg.HalfCycle == 0 || state.Step.ElapsedNanoseconds >= SettledNanoseconds))
        {
            return (last, last);
        }

        var isSymmetric = program.Cell.Kind == CellKind.Symmetric;
        if (program.Nodes[state.Node] is StepNode { Sweep: { } path })
        {
            return RangeOfSweep(in state, path, voltsBeforeLeg ?? last, isSymmetric ? 0 : last);
        }

        if ((voltsBeforeLeg ?? (isSymmetric ? 0 : null)) is { } before)
        {
            var (low, high) = (Math.Min(last, before), Math.Max(last, before));
            return isSymmetric ? (Math.Min(low, 0), Math.Max(high, 0)) : (low, high);
        }

        // Nothing was read before the current: only the side to which it drove the voltage is known.
        return state.LastAmperes > 0 ? (double.NegativeInfinity, last)
            : state.LastAmperes < 0 ? (last, double.PositiveInfinity)
            : (last, last);
    }

    /// <summary>A sweep passes the equilibrium of its cell, and lies on either side of it: behind a turning point it is still ahead.</summary>
    private static (double Low, double High) RangeOfSweep(ref readonly RunState state, SweepPath path, double before, double own)
    {
        ReadOnlySpan<double> all = [state.LastVolts, before, own, state.Step.SourceVolts, path.ToVolts];
        var (low, high) = (all[0], all[0]);
        foreach (var volts in all)
        {
            (low, high) = (Math.Min(low, volts), Math.Max(high, volts));
        }

        return (low, high);
    }

    private static string Bound(double volts, string none) => double.IsFinite(volts) ? Text($"{volts:0.0000} V") : none;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
