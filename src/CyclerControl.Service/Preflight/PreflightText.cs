using System.Text.Json;

namespace CyclerControl.Service.Preflight;

/// <summary>The list for people and for programs.</summary>
public static class PreflightText
{
    private const int NameWidth = 21;

    /// <summary>One line for each check: <c>pass</c>, <c>warn</c> or <c>FAIL</c>, name, sentence.</summary>
    public static IEnumerable<string> Lines(PreflightReport report) => report.Checks.Select(c => $"{Word(c),-5} {c.Name,-NameWidth} {c.Sentence}");

    /// <param name="report">The list.</param>
    /// <param name="overrideReason">As the start would have it.</param>
    public static string Json(PreflightReport report, string? overrideReason = null) => JsonSerializer.Serialize(new
    {
        starts = report.Blocking(overrideReason).IsEmpty,
        checks = report.Checks.Select(c => new
        {
            name = c.Name,
            status = Word(c).ToLowerInvariant(),
            sentence = c.Sentence,
            overridable = c.IsOverridable,
        }),
    });

    private static string Word(PreflightCheck check) => check.Status switch
    {
        PreflightStatus.Pass => "pass",
        PreflightStatus.Warn => "warn",
        _ => "FAIL",
    };
}
