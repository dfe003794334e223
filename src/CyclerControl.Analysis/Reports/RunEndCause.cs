using CyclerControl.Analysis.CriticalCurrent;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Reports;

/// <summary>Why a run ended, as far as a critical current is concerned.</summary>
internal static class RunEndCause
{
    public static CcdCause Of(RunEnding? ending, IReadOnlyList<RunEvent> events, IReadOnlyList<StepRecord> steps) => ending?.Outcome switch
    {
        null => CcdCause.Unfinished,
        RunOutcome.Completed or RunOutcome.NoShort => CcdCause.RampEnded,
        RunOutcome.ShortFound => CcdCause.Short,
        RunOutcome.Stopped => CcdCause.User,
        RunOutcome.Tripped when IsPolarisation(ending, events) => CcdCause.Polarisation,
        RunOutcome.Protected when LastDriven(steps) is StepEnd.Voltage => CcdCause.Polarisation,
        _ => CcdCause.Fault,
    };

    /// <summary>How the last step with a set current ended; null when there was none.</summary>
    private static StepEnd? LastDriven(IReadOnlyList<StepRecord> steps) =>
        steps.Where(s => s.SetAmperes is not null).Select(s => (StepEnd?)s.End).LastOrDefault();

    /// <summary>The voltage left its window, or the contact was lost: the cell could not carry the current.</summary>
    private static bool IsPolarisation(RunEnding ending, IReadOnlyList<RunEvent> events)
    {
        var contactLost = ending.Short is { Kind: DetectionKind.ContactLoss or DetectionKind.PolarisationRunaway } || events.Any(
            e => e.Detection is { Kind: DetectionKind.ContactLoss or DetectionKind.PolarisationRunaway, Severity: DetectionSeverity.Abort });
        return contactLost || NamesVoltage(ending.Reason)
            || events.LastOrDefault(e => e.Kind is "trip" or "limit") is { } trip && NamesVoltage(trip.Message);
    }

    private static bool NamesVoltage(string text) => text.Contains("voltage.", StringComparison.OrdinalIgnoreCase);
}
