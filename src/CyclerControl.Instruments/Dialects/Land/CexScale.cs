namespace CyclerControl.Instruments.Dialects.Land;

/// <summary>
/// What a count of a <c>.cex</c> file is worth. The file does not say it: it depends on the channel's range.
/// </summary>
/// <param name="VoltsPerCount">0.155 mV on a 5 V channel.</param>
/// <param name="AmperesPerCount">0.31 uA on a 10 mA channel.</param>
/// <param name="SignedVolts">
/// Whether a voltage above 32767 counts is negative. In the files that are publicly known no voltage is, so that nobody knows: null refuses such a record.
/// </param>
internal readonly record struct CexScale(double VoltsPerCount, double AmperesPerCount, bool? SignedVolts = null)
{
    /// <summary>A channel of 5 V and 10 mA.</summary>
    public static CexScale FiveVoltTenMilliampere { get; } = new(0.155e-3, 0.31e-6);
}
