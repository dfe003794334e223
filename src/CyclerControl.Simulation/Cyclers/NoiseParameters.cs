namespace CyclerControl.Simulation.Cyclers;

/// <summary>What a reading adds to the truth. The levels are those measured on real cyclers.</summary>
public sealed record NoiseParameters
{
    /// <summary>No noise, no quantisation.</summary>
    public static readonly NoiseParameters None = new()
    {
        WhiteVolts = 0,
        ProportionalFraction = 0,
        VoltageQuantumVolts = 0,
        CurrentFractionOfRange = 0,
        CurrentQuantumFractionOfRange = 0,
    };

    /// <summary>Standard deviation of the white part, V (25-100 uV measured).</summary>
    public double WhiteVolts { get; init; } = 40e-6;

    /// <summary>Standard deviation that grows with the polarisation, the part of |V| that the current causes (0.05-0.1 % measured).</summary>
    public double ProportionalFraction { get; init; } = 5e-4;

    /// <summary>Smallest step of a voltage reading, V.</summary>
    public double VoltageQuantumVolts { get; init; } = 1e-6;

    /// <summary>Standard deviation of a current reading, fraction of the range.</summary>
    public double CurrentFractionOfRange { get; init; } = 1e-4;

    /// <summary>Smallest step of a current reading, fraction of the range.</summary>
    public double CurrentQuantumFractionOfRange { get; init; } = 1e-6;

    /// <summary>Knocked cables: upward spikes of up to 500 mV for 1-60 ms.</summary>
    public double SpikesPerHour { get; init; }
}
