using CyclerControl.Analysis.Legs;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Cycles;

/// <summary>Two half-cycles that belong together.</summary>
/// <param name="Cycle">Its own n: within the measuring block where there is one, else through the run.</param>
/// <param name="Block">Which measuring block, from 1 in the order of the run; null outside.</param>
/// <param name="First">Plate (half cell), charge (full cell), the run's first direction (symmetric cell).</param>
/// <param name="Second">Null when the run ended before it.</param>
/// <param name="Efficiency">Second / first charge as a fraction; null where it is not defined (in a sweep) or the cycle is unfinished.</param>
/// <param name="CutOffReached">False: a strip ended on time or capacity, so that the efficiency says nothing.</param>
public sealed record CycleResult(int Cycle, int? Block, Leg First, Leg? Second, double? Efficiency, bool CutOffReached)
{
    public bool Finished => First.Finished && Second is { Finished: true };

    /// <summary>The voltage was swept in it: its charges are no capacities, and it has no efficiency.</summary>
    public bool IsSwept => First.IsSwept || Second is { IsSwept: true };

    /// <summary>A restart, a lost link, or rows that are missing lie between its beginning and that of the next.</summary>
    public bool HasGap { get; init; }

    /// <summary>Its capacity enters averages.</summary>
    public bool Averages => Finished && !HasGap && !IsSwept;

    /// <summary>Its efficiency enters averages.</summary>
    public bool Counts => Averages && CutOffReached && Efficiency is not null;

    public double ChargeAmpHours => First.Sign > 0 ? First.AmpHours : Second?.AmpHours ?? 0;

    public double DischargeAmpHours => First.Sign < 0 ? First.AmpHours : Second?.AmpHours ?? 0;

    internal static bool IsCutOff(Leg leg) => leg.End is StepEnd.Voltage or StepEnd.Current;
}
