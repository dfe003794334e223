namespace CyclerControl.Cli.Doctor;

/// <summary>A setting of the machine that may interrupt a run of days.</summary>
/// <param name="Name"><c>sleep</c>, <c>updates</c>.</param>
/// <param name="Says">What it is, or that it cannot be read here.</param>
/// <param name="Advice">What should be changed; null: nothing.</param>
internal sealed record MachineSetting(string Name, string Says, string? Advice = null);
