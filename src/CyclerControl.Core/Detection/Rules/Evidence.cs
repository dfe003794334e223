namespace CyclerControl.Core.Detection.Rules;

/// <summary>What a rule found when a half-cycle, a rest or a hold was over, or in a spectrum.</summary>
/// <param name="Rule">Number of the rule.</param>
/// <param name="Kind">What it is.</param>
/// <param name="OnsetSeconds">Test time at which it began, as far as the rule can tell, s.</param>
/// <param name="ExpectedVolts">What was expected, mirrored, V; null: the rule does not speak of voltages.</param>
/// <param name="Statistic">The rule's number.</param>
/// <param name="Threshold">What it had to pass.</param>
/// <param name="ShortOhms">Resistance of the path beside the cell, ohm; null where it cannot be told.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Notable">False: worth a note, not a suspicion.</param>
internal readonly record struct Evidence(
    int Rule,
    DetectionKind Kind,
    double OnsetSeconds,
    double? ExpectedVolts,
    double Statistic,
    double Threshold,
    double? ShortOhms,
    string Text,
    bool Notable = true)
{
    /// <summary>Resistance beside <paramref name="healthyOhms"/> that leaves <paramref name="ohms"/>; null when nothing is missing.</summary>
    public static double? Beside(double healthyOhms, double ohms) =>
        ohms > 0 && ohms < healthyOhms ? ohms * healthyOhms / (healthyOhms - ohms) : null;

    /// <summary>Invariant text.</summary>
    public static string Say(FormattableString text) => text.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
