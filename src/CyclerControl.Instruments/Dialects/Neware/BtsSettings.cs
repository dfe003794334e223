namespace CyclerControl.Instruments.Dialects.Neware;

/// <summary>What a profile of adapter <c>neware</c> says besides what every profile says.</summary>
/// <param name="StepFileVersion">17 or 18: what the BTS program on that computer writes itself.</param>
public sealed record BtsSettings(int StepFileVersion)
{
    /// <summary>The program's data are not fresher.</summary>
    public static readonly TimeSpan ShortestPoll = TimeSpan.FromSeconds(5);

    public static readonly BtsSettings Default = new(18);
}
