namespace CyclerControl.Benchmarks.Detection.Corpus;

/// <summary>The voltage of a cell without any noise, fault included. Ask in order of time.</summary>
internal interface ICellVoltage
{
    /// <summary>Temperature of the cell, degC.</summary>
    double Celsius { get; }

    /// <summary>Small-signal resistance, for sweeps, ohm.</summary>
    double Ohms { get; }

    /// <summary>What the terminals would show if there were no fault, at the time last asked for, V.</summary>
    double HealthyVolts { get; }

    void Begin(in PlannedSegment segment, double startSeconds);

    double Volts(double seconds);

    /// <summary>What the terminals show while the current is off for a moment, V.</summary>
    double OpenVolts(double volts);
}
