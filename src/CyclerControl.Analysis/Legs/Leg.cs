using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Legs;

/// <summary>A half-cycle: consecutive steps of one current sign with the holds between; split where a measuring block begins or ends inside it.</summary>
/// <param name="HalfCycle">From 1, through the whole run.</param>
/// <param name="Block">Node of the measuring block; null outside.</param>
/// <param name="BlockCycle">1-based cycle within the block; null outside.</param>
/// <param name="Sign">+1 charge or strip, -1 discharge or plate.</param>
/// <param name="AmpHours">Charge in the direction of <paramref name="Sign"/>, holds included, Ah.</param>
/// <param name="SetAmperes">Set current of its first step, A, signed; null where only rows tell of it.</param>
/// <param name="End">How its last step with current ended.</param>
/// <param name="Finished">Every step of it ended as its protocol line prescribes.</param>
public sealed record Leg(
    int HalfCycle,
    int Cycle,
    int? Block,
    int? BlockCycle,
    int Sign,
    long StartNanoseconds,
    long EndNanoseconds,
    double AmpHours,
    double? SetAmperes,
    StepEnd End,
    bool Finished)
{
    /// <summary>The voltage was swept in it: its current may have had both signs, and its charge is no capacity.</summary>
    public bool IsSwept { get; init; }
}

/// <summary>The constant-current steps of one half-cycle at one set current: the whole half-cycle in most protocols.</summary>
/// <param name="SetAmperes">A, signed.</param>
/// <param name="RampPass">0-based pass of the ramp that gave the current; null when fixed.</param>
/// <param name="Path">Place of its first step in the protocol.</param>
/// <param name="StepId">Number of its first step in the protocol.</param>
/// <param name="ActiveNanoseconds">Time under constant current, pauses and holds left out.</param>
/// <param name="AmpHours">Charge in the direction of the current, Ah.</param>
public sealed record Stretch(
    int HalfCycle,
    int Cycle,
    double SetAmperes,
    int? RampPass,
    string Path,
    int StepId,
    long StartNanoseconds,
    long EndNanoseconds,
    long ActiveNanoseconds,
    double AmpHours,
    StepEnd End,
    bool Finished);
