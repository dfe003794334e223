namespace CyclerControl.Core.Detection;

/// <summary>What a detector thinks it has found.</summary>
public enum DetectionKind
{
    /// <summary>V collapsed to the resistance of a metal path.</summary>
    HardShort,

    /// <summary>Part of the current is electronic.</summary>
    SoftShort,

    /// <summary>The resistance is lower than ions alone allow.</summary>
    OhmicFloor,

    /// <summary>Contact is being lost or polarisation runs away: the opposite of a short.</summary>
    ContactLoss,
}

/// <summary>What may follow from a detection.</summary>
public enum DetectionSeverity
{
    /// <summary>Noted.</summary>
    Warn,

    /// <summary>Marked; the run goes on.</summary>
    Suspect,

    /// <summary>Strong enough to switch the output off; the protocol's <c>short_circuit</c> policy decides.</summary>
    Abort,
}

/// <summary>One finding, with its evidence in numbers.</summary>
/// <param name="Rule">Number of the rule in docs/detection.md.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Severity">How sure.</param>
/// <param name="TimeSeconds">Test time of the sample that decided, s.</param>
/// <param name="OnsetSeconds">Test time at which it began, s.</param>
/// <param name="Volts">Voltage of the deciding sample, V.</param>
/// <param name="Amperes">Current of the deciding sample, A.</param>
/// <param name="ExpectedVolts">What the model expected, V; null where the rule has no model.</param>
/// <param name="Statistic">The rule's statistic.</param>
/// <param name="Threshold">The value it had to pass.</param>
/// <param name="ShortOhms">Estimate of the resistance of the short path, ohm; null where there is none.</param>
/// <param name="Explanation">A sentence that a chemist understands.</param>
public sealed record DetectionEvent(
    int Rule,
    DetectionKind Kind,
    DetectionSeverity Severity,
    double TimeSeconds,
    double OnsetSeconds,
    double Volts,
    double Amperes,
    double? ExpectedVolts,
    double Statistic,
    double Threshold,
    double? ShortOhms,
    string Explanation);
