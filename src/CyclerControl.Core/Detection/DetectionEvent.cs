namespace CyclerControl.Core.Detection;

/// <summary>What a detector thinks it has found. Only shorts carry the word; <see cref="DetectionWords"/> has the words of the public formats.</summary>
public enum DetectionKind
{
    /// <summary>V collapsed to the resistance of a metal path.</summary>
    HardShort,

    /// <summary>Part of the current is electronic.</summary>
    SoftShort,

    /// <summary>The voltage switches between two levels: a metal path that forms and burns through, again and again.</summary>
    TelegraphShort,

    /// <summary>The resistance is lower than ions alone allow.</summary>
    OhmicFloorShort,

    /// <summary>Charge, efficiency, rest or leakage of a cell with a balance of charge tell of a path beside the cell.</summary>
    FullCellShort,

    /// <summary>The two directions of the current see more and more different resistances.</summary>
    PolarityAsymmetry,

    /// <summary>The reading has become noisier than this cell's own beginning.</summary>
    Noise,

    /// <summary>Contact is being lost: the opposite of a short.</summary>
    ContactLoss,

    /// <summary>The voltage has left the range in which the cell can work: polarisation runs away. No short.</summary>
    PolarisationRunaway,

    /// <summary>Nothing was found, because a short could not have been seen.</summary>
    NotObservable,
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
