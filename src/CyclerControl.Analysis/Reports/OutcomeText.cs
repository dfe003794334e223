using CyclerControl.Analysis.Shorts;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Reports;

/// <summary>How a run ended, as word, as exit code and as sentence.</summary>
public static class OutcomeText
{
    /// <summary>The word in report.json; a run without an ending is unfinished.</summary>
    public static string Word(RunOutcome? outcome) => outcome switch
    {
        null => "unfinished",
        RunOutcome.Completed => "completed",
        RunOutcome.ShortFound => "short_found",
        RunOutcome.NoShort => "no_short",
        RunOutcome.Stopped => "stopped",
        RunOutcome.Tripped => "tripped",
        RunOutcome.Protected => "protected",
        RunOutcome.Faulted => "faulted",
        RunOutcome.Unreachable => "unreachable",
        RunOutcome.RecordingFailed => "recording_failed",
        RunOutcome.Interrupted => "interrupted",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "not an outcome"),
    };

    /// <summary>0 planned end, 1 stopped by the user, 3 tripped, faulted or protection, 4 unreachable, 5 recording or internal failure; null while unfinished.</summary>
    public static int? ExitCode(RunOutcome? outcome) => outcome switch
    {
        null => null,
        RunOutcome.Completed or RunOutcome.ShortFound or RunOutcome.NoShort => 0,
        RunOutcome.Stopped => 1,
        RunOutcome.Tripped or RunOutcome.Protected or RunOutcome.Faulted => 3,
        RunOutcome.Unreachable => 4,
        RunOutcome.RecordingFailed or RunOutcome.Interrupted => 5,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "not an outcome"),
    };

    public static string Sentence(RunReport report)
    {
        var end = Figures.Duration(report.Ending?.EndNanoseconds * 1e-9 ?? report.Totals.Last?.TimeNanoseconds * 1e-9);
        return report.Ending switch
        {
            null => $"The run has not ended; this report covers its first {end}.",
            { Outcome: RunOutcome.Completed } e => $"The run ended as planned after {end}: {e.Reason}.",
            { Outcome: RunOutcome.NoShort } e => $"The run ended as planned after {end}, without a short circuit: {e.Reason}.",
            { Outcome: RunOutcome.ShortFound } when report.IsWatched => $"{ShortSentence(report.Short)} It is the result of the run, which ended after {end}; the channel was watched only, and its output was not ours to switch off.",
            { Outcome: RunOutcome.ShortFound } => $"{ShortSentence(report.Short)} It is the result of the run; the output was switched off after {end}.",
            { Outcome: RunOutcome.Stopped } e => $"The run was stopped by the operator after {end}: {e.Reason}.",
            { Outcome: RunOutcome.Tripped } e => $"The run tripped after {end}: {e.Reason}.",
            { Outcome: RunOutcome.Protected } e => $"A protection ended the run after {end}: {e.Reason}.",
            { Outcome: RunOutcome.Faulted } e => $"The instrument or its link failed after {end}: {e.Reason}.",
            { Outcome: RunOutcome.Unreachable } e => $"The instrument could not be used: {e.Reason}.",
            { Outcome: RunOutcome.RecordingFailed } e => $"Recording failed after {end}: {e.Reason}.",
            { Outcome: RunOutcome.Interrupted } => $"The run was interrupted; what was recorded ends after {end}.",
            { } e => e.Reason,
        };
    }

    internal static string ShortSentence(ShortResult? found) => found is null
        ? "A short circuit was found."
        : $"A {Word(found.Kind)} short circuit came at {Figures.Duration(found.TimeSeconds)}, in half-cycle {Figures.Digits(found.HalfCycle, 9)}.";

    internal static string Word(ShortKind kind) => kind == ShortKind.Hard ? "hard" : "soft";
}
