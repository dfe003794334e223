using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <summary>What is known about an end beyond what the engine knows; null leaves its words.</summary>
internal sealed record EndingWords(RunOutcome? Outcome, string? Reason, DetectionEvent? Short)
{
    public RunEnding Applied(RunEnding ending) => ending with
    {
        Outcome = Outcome ?? ending.Outcome,
        Reason = Reason ?? ending.Reason,
        Short = Short ?? ending.Short,
    };
}
