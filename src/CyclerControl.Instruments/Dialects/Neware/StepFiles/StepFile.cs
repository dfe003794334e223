namespace CyclerControl.Instruments.Dialects.Neware.StepFiles;

/// <summary>A protection: beyond a bound for the delay, the box switches the channel off.</summary>
/// <param name="UpperVolts">V; null: none. May be below 0.</param>
/// <param name="LowerVolts">V; null: none. May be 0 or above.</param>
/// <param name="Amperes">Of |I|, A.</param>
internal readonly record struct StepFileProtection(double? UpperVolts, double? LowerVolts, double? Amperes, double DelaySeconds)
{
    public bool IsEmpty => (UpperVolts, LowerVolts, Amperes) is (null, null, null);
}

/// <summary>Path of a sweep.</summary>
/// <param name="FromVolts">V.</param>
/// <param name="ToVolts">V.</param>
/// <param name="VoltsPerSecond">Magnitude, V/s.</param>
internal readonly record struct StepFileSweep(double FromVolts, double ToVolts, double VoltsPerSecond);

/// <summary>One step of a step file in our units; null where a condition is not set.</summary>
internal sealed record StepFileStep(StepFileType Type)
{
    /// <summary>Node of the program; null for loops and the end.</summary>
    public int? Node { get; init; }

    /// <summary>Second part of the step before it.</summary>
    public bool GoesOn { get; init; }

    /// <summary>|I|, A: the set current, or the ceiling in a hold.</summary>
    public double? Amperes { get; init; }

    /// <summary>Of a hold, V.</summary>
    public double? Volts { get; init; }

    public double? Seconds { get; init; }

    public double? StopVolts { get; init; }

    public double? StopAmperes { get; init; }

    public double? AmpHours { get; init; }

    /// <summary>Path of a sweep.</summary>
    public StepFileSweep? Sweep { get; init; }

    /// <summary>First step of the loop that ends here.</summary>
    public int? LoopTo { get; init; }

    /// <summary>Passes in total.</summary>
    public long Passes { get; init; }

    public StepFileProtection Protection { get; init; }

    public double RecordEverySeconds { get; init; }

    /// <summary>|V| below which the protection takes the cell for shorted, V.</summary>
    public double? FloorVolts { get; init; }
}
