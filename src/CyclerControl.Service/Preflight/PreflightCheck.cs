namespace CyclerControl.Service.Preflight;

/// <summary>What a check came to.</summary>
public enum PreflightStatus
{
    Pass,

    /// <summary>The run starts, and its file says so.</summary>
    Warn,

    /// <summary>The run is refused.</summary>
    Fail,
}

/// <summary>One finding about a planned start.</summary>
/// <param name="Name">What was looked at, <c>snake_case</c>.</param>
/// <param name="Status">What it came to.</param>
/// <param name="Sentence">In words for people: what, the value, what is allowed, and the cure.</param>
/// <param name="IsOverridable">A failure that a person may set aside for a reason, which goes into the run file.</param>
public sealed record PreflightCheck(string Name, PreflightStatus Status, string Sentence, bool IsOverridable = false)
{
    internal static PreflightCheck Pass(string name, string sentence) => new(name, PreflightStatus.Pass, sentence);

    internal static PreflightCheck Warn(string name, string sentence) => new(name, PreflightStatus.Warn, sentence);

    internal static PreflightCheck Fail(string name, string sentence, bool overridable = false) => new(name, PreflightStatus.Fail, sentence, overridable);
}
