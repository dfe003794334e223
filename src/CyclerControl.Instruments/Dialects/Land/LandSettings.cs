namespace CyclerControl.Instruments.Dialects.Land;

/// <summary>What a profile says about the files of the LAND software.</summary>
/// <param name="VoltsPerCount">Of a <c>.cex</c> file, V.</param>
/// <param name="AmperesPerCount">Of a <c>.cex</c> file, A; depends on the range of the channel.</param>
/// <param name="SignedVolts">Whether the counts of voltage in a <c>.cex</c> file have a sign; null: nobody has looked, and a record that depends on it is refused.</param>
/// <param name="SilentAfter">A file that has not grown for so long is told.</param>
public sealed record LandSettings(double VoltsPerCount, double AmperesPerCount, bool? SignedVolts, TimeSpan SilentAfter)
{
    /// <summary>Unless the profile says otherwise.</summary>
    public static readonly TimeSpan UsualSilence = TimeSpan.FromMinutes(10);
}
