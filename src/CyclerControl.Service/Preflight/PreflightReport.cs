using System.Collections.Immutable;
using CyclerControl.Core.Runs;

namespace CyclerControl.Service.Preflight;

/// <summary>All that was looked at before a start.</summary>
public sealed record PreflightReport(ImmutableArray<PreflightCheck> Checks)
{
    /// <summary>Kind of the events that it leaves in the run file.</summary>
    public const string EventKind = "preflight";

    /// <summary>What the operator should know although the run starts.</summary>
    public IEnumerable<PreflightCheck> Warnings => Checks.Where(c => c.Status == PreflightStatus.Warn);

    public IEnumerable<PreflightCheck> Failures => Checks.Where(c => c.Status == PreflightStatus.Fail);

    /// <summary>What the operator of a run that starts should know: warnings, and what was set aside.</summary>
    public IEnumerable<string> Remarks => Warnings.Select(c => c.Sentence).Concat(Failures.Select(c => "overridden: " + c.Sentence));

    /// <summary>What forbids the start.</summary>
    /// <param name="overrideReason">Why failures that may be set aside are set aside; null or blank: they are not.</param>
    public ImmutableArray<PreflightCheck> Blocking(string? overrideReason) =>
        [.. Failures.Where(c => !c.IsOverridable || string.IsNullOrWhiteSpace(overrideReason))];

    /// <summary>All reasons in one text; null when the run may start.</summary>
    public string? Refusal(string? overrideReason) =>
        Blocking(overrideReason) is { IsEmpty: false } blocking ? string.Join("; ", blocking.Select(Reason)) : null;

    /// <summary>Why one check forbids the start.</summary>
    public static string Reason(PreflightCheck check) =>
        check.IsOverridable ? $"{check.Sentence} (may be overridden with a reason)" : check.Sentence;

    /// <summary>What the run file has to say about it: nothing about what passed.</summary>
    public IEnumerable<RunEvent> Events(string? overrideReason) => Checks.Where(c => c.Status != PreflightStatus.Pass).Select(c => new RunEvent(
        0, EventKind, c.Status == PreflightStatus.Warn ? $"warning: {c.Name}: {c.Sentence}" : $"overridden: {c.Name}: {c.Sentence}; reason given: {overrideReason?.Trim()}"));
}
