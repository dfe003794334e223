using CyclerControl.Core.Quantities;

namespace CyclerControl.Benchmarks.Detection.Corpus;

/// <summary>What a channel is told in the course of one life: first rest, half-cycles, rests, pauses, impedance, holds.</summary>
internal static class CyclingPlan
{
    /// <summary>A full cell goes through this much of its capacity.</summary>
    public const double FullCellWindow = 0.92;

    /// <summary>A hold lasts this part of a half-cycle.</summary>
    private const double HoldFraction = 0.2;

    private const double PauseChance = 0.01;
    private const double SweepChance = 0.02;
    private const int LegsBetweenSweeps = 10;
    private const int RampCycles = 10;

    /// <summary>Endless: the life ends when its time is over.</summary>
    public static IEnumerable<PlannedSegment> Segments(CellDraw cell, SeededRandom random)
    {
        var settle = Math.Max(10 * cell.Sampling.PeriodSeconds, Math.Min(1800, cell.HalfSeconds / 4));
        yield return new PlannedSegment(PlannedKind.Rest, 0, settle, 0, 0, 0);
        for (var leg = 1; ; leg++)
        {
            var charges = cell.Kind == CellKind.Full ? leg % 2 == 1 : leg % 2 == 0;
            var step = cell.Ramp ? Math.Min(1, Math.Ceiling(leg / 2.0) / RampCycles) : 1;
            var amperes = (charges ? 1 : -1) * cell.Amperes * step;
            foreach (var segment in Leg(cell, random, amperes, LegSeconds(cell, leg), leg))
                yield return segment;
            if (Holds(cell) && charges)
                yield return new PlannedSegment(PlannedKind.Hold, amperes, HoldFraction * cell.HalfSeconds, leg, 0, HoldFraction * cell.HalfSeconds);
            if (cell.RestSeconds > 0)
                yield return new PlannedSegment(PlannedKind.Rest, 0, Math.Max(cell.RestSeconds, 5 * cell.Sampling.PeriodSeconds), leg, 0, 0);
            if (cell.Impedance && leg % LegsBetweenSweeps == 0)
                yield return new PlannedSegment(PlannedKind.Sweep, 0, 120 * cell.Sampling.PeriodSeconds, leg, 0, 0);
        }
    }

    /// <summary>One half-cycle, whole or interrupted.</summary>
    private static IEnumerable<PlannedSegment> Leg(CellDraw cell, SeededRandom random, double amperes, double seconds, int leg)
    {
        var pauses = random.Chance(PauseChance);
        var sweeps = cell.Impedance && random.Chance(SweepChance);
        if (!pauses && !sweeps)
        {
            yield return new PlannedSegment(PlannedKind.Current, amperes, seconds, leg, 0, seconds);
            yield break;
        }

        var before = seconds * random.Uniform(0.2, 0.8);
        yield return new PlannedSegment(PlannedKind.Current, amperes, before, leg, 0, seconds);
        var between = random.LogUniform(60, 1800) * cell.Sampling.PeriodSeconds;
        yield return pauses
            ? new PlannedSegment(random.Chance(0.5) ? PlannedKind.Rest : PlannedKind.Gap, 0, between, leg, 0, 0)
            : new PlannedSegment(PlannedKind.BiasedSweep, amperes, 60 * cell.Sampling.PeriodSeconds, leg, before, seconds);
        yield return new PlannedSegment(PlannedKind.Current, amperes, seconds - before, leg, before, seconds);
    }

    /// <summary>What of the charge that flows in comes out again, in this half-cycle.</summary>
    public static double Efficiency(CellDraw cell, int leg) => leg == 1 ? cell.FirstEfficiency : cell.Efficiency;

    private static bool Holds(CellDraw cell) => cell.Kind == CellKind.Full && cell.RestSeconds > 600;

    private static double LegSeconds(CellDraw cell, int leg) => cell.Kind switch
    {
        CellKind.Half => cell.HalfSeconds * (leg % 2 == 0 ? cell.Efficiency : 1),
        CellKind.Full when leg == 1 => cell.HalfSeconds / cell.FirstEfficiency,
        CellKind.Full when leg % 2 == 1 => cell.HalfSeconds / cell.Efficiency,
        CellKind.Full when Holds(cell) => cell.HalfSeconds * (1 + (HoldFraction * PlannedSegment.HoldCharge * Efficiency(cell, leg - 1))),
        _ => cell.HalfSeconds,
    };
}
