using CyclerControl.Analysis.Overpotential;
using CyclerControl.Analysis.Shorts;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.CriticalCurrent;

/// <summary>
/// The definition: the highest level at which every prescribed half-cycle ended with no hard or confirmed soft short. Levels are the passes
/// of the ramp, or, in a protocol without one, the currents in their order.
/// </summary>
internal sealed class CcdJudge
{
    private readonly IReadOnlyList<Level> _levels;
    private readonly CellKind? _kind;
    private readonly RunEnding? _ending;
    private readonly CcdCause _endCause;
    private readonly bool _allLevelsRun;
    private readonly double? _openAmperes;

    /// <param name="levels">All levels of the run.</param>
    /// <param name="endCause">Why the run ended, unless a short did it.</param>
    /// <param name="openAmperes">Measured current of a step without a result, A; null: none.</param>
    public CcdJudge(IReadOnlyList<Level> levels, CellKind? kind, RunEnding? ending, CcdCause endCause, double? openAmperes)
    {
        var ramp = levels.Where(l => l.RampPass is not null).ToList();
        _levels = ramp.Count > 0 ? ramp : levels;
        _kind = kind;
        _ending = ending;
        _endCause = endCause;
        _openAmperes = openAmperes;
        _allLevelsRun = ending?.Outcome is RunOutcome.Completed or RunOutcome.NoShort
            || (ramp.Count > 0 && levels[^1].RampPass is null && levels[^1].StartNanoseconds > ramp[^1].StartNanoseconds);
    }

    public CcdResult Judge(ShortResult? first, ShortResult? firstHard)
    {
        var verdict = Verdict(first);
        var hard = firstHard is null && !WentOnAfter(first) ? null : first is { Kind: ShortKind.Soft } ? Verdict(firstHard) : null;
        var shown = _levels.LastOrDefault(l => l.Amperes == verdict.Amperes) ?? (_levels.Count > 0 ? _levels[0] : null);
        var mode = shown?.UsualEnd switch
        {
            StepEnd.Time => CcdMode.FixedTime,
            StepEnd.Capacity => CcdMode.FixedCapacity,
            _ => (CcdMode?)null,
        };
        return new CcdResult(verdict, hard, mode, shown?.HalfCycleAmpHours, shown?.HalfCycleSeconds, StepAfter(shown));
    }

    private bool WentOnAfter(ShortResult? soft) =>
        soft is { Kind: ShortKind.Soft } && _ending is { } ending && ending.Short != soft.Evidence;

    private CcdVerdict Verdict(ShortResult? found)
    {
        double? passed = null;
        for (var i = 0; i < _levels.Count; i++)
        {
            var level = _levels[i];
            var next = i + 1 < _levels.Count ? _levels[i + 1].StartNanoseconds : long.MaxValue;
            if (Fails(level, i, next, found) is { } cause)
            {
                return Stopped(cause, passed, level.Amperes, found?.HalfCycle ?? level.LastHalfCycle);
            }

            passed = Math.Max(passed ?? 0, level.Amperes);
        }

        if (_allLevelsRun && passed is not null)
        {
            return new CcdVerdict(CcdRelation.AtLeast, CcdCause.RampEnded, passed, null, null);
        }

        // Every level that was begun held, and yet the ramp did not end: a step without a result, or nothing at all.
        var at = _openAmperes ?? (passed is null ? null : _levels[^1].Amperes);
        return found is null
            ? Stopped(EndCause(), passed, at, null)
            : Stopped(CcdCause.Short, passed, Math.Abs(found.SetAmperes), found.HalfCycle);
    }

    /// <summary>Null: the level held.</summary>
    private CcdCause? Fails(Level level, int index, long nextStart, ShortResult? found)
    {
        var shortTime = found is null ? long.MaxValue : Nanoseconds.FromSeconds(found.TimeSeconds);
        if (found is not null && shortTime <= nextStart && IsWithin(level, nextStart, shortTime, found))
        {
            return CcdCause.Short;
        }

        foreach (var member in level.Members)
        {
            var stretch = member.Stretch;
            if (stretch.End == StepEnd.Voltage && stretch.Finished && _kind == CellKind.Symmetric)
            {
                return CcdCause.Polarisation; // the voltage cut the prescribed half-cycle short
            }

            if (!stretch.Finished)
            {
                return stretch.End switch
                {
                    StepEnd.Skipped => CcdCause.User,
                    StepEnd.ShortCircuit => CcdCause.Short,
                    _ => EndCause(),
                };
            }
        }

        return IsComplete(level, index) ? null : EndCause();
    }

    /// <summary>A short that came after the ramp's last level is not the ramp's.</summary>
    private bool IsWithin(Level level, long nextStart, long shortTime, ShortResult found)
    {
        if (nextStart != long.MaxValue || !level.AllFinished)
        {
            return true;
        }

        return shortTime <= level.Members[^1].Stretch.EndNanoseconds
            || (!_allLevelsRun && Math.Abs(found.SetAmperes) == level.Amperes);
    }

    /// <summary>The last level has no successor that proves it complete: then the run must have ended as planned, or as many half-cycles as below be there.</summary>
    private bool IsComplete(Level level, int index) =>
        index + 1 < _levels.Count || _allLevelsRun || (index > 0 && level.Members.Count >= _levels[index - 1].Members.Count);

    private CcdCause EndCause() => _endCause is CcdCause.RampEnded or CcdCause.Short ? CcdCause.Fault : _endCause;

    private static CcdVerdict Stopped(CcdCause cause, double? passed, double? at, int? halfCycle) => cause == CcdCause.Short
        ? new CcdVerdict(passed is null ? CcdRelation.BelowFirst : CcdRelation.Equal, cause, passed, at, halfCycle)
        : new CcdVerdict(CcdRelation.NotDetermined, cause, passed, at, null);

    private double? StepAfter(Level? level)
    {
        var index = level is null ? -1 : _levels.ToList().IndexOf(level);
        return index < 0 || _levels.Count < 2 ? null
            : index + 1 < _levels.Count ? _levels[index + 1].Amperes - level!.Amperes
            : level!.Amperes - _levels[index - 1].Amperes;
    }
}
