using CyclerControl.Service.Preflight;

namespace CyclerControl.Cli.Output;

/// <summary>What preflight found, on standard error: nothing of what passed.</summary>
internal static class PreflightOutput
{
    /// <returns>True when the start is refused.</returns>
    public static bool Tell(PreflightReport report, string? overrideReason)
    {
        var blocking = report.Blocking(overrideReason);
        foreach (var remark in blocking.IsEmpty ? report.Remarks : report.Warnings.Select(c => c.Sentence))
        {
            StandardStreams.Problem($"warning: {remark}");
        }

        foreach (var check in blocking)
        {
            StandardStreams.Problem($"cycler: refused: {check.Sentence}{(check.IsOverridable ? "; if it is right all the same, add --override REASON" : "")}");
        }

        return !blocking.IsEmpty;
    }
}
