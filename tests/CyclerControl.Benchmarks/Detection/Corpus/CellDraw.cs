using CyclerControl.Core.Quantities;

namespace CyclerControl.Benchmarks.Detection.Corpus;

/// <summary>Everything about one healthy cell and its channel that is drawn once, from a seed. Ranges: docs/benchmarks.md, detection.</summary>
internal sealed record CellDraw
{
    public const double ThermalVolts = 0.025693;

    public required CellKind Kind { get; init; }

    public required SamplingScheme Sampling { get; init; }

    /// <summary>Set current, A.</summary>
    public required double Amperes { get; init; }

    /// <summary>|V| at this current, settled, without offset, V. Symmetric and half cells.</summary>
    public required double LevelVolts { get; init; }

    /// <summary>Fraction of the level that is interface kinetics; the rest is ohmic.</summary>
    public required double KineticShare { get; init; }

    /// <summary>Fraction of the ohmic part that is the electrolyte's bulk; the rest is interphase.</summary>
    public required double BulkShare { get; init; }

    public required double Asymmetry { get; init; }

    public required double Nucleation { get; init; }

    public required double NucleationSeconds { get; init; }

    public required double GrowthPerRootHour { get; init; }

    public required double GrowthPerHour { get; init; }

    public required double Arcing { get; init; }

    public required double ArcingPower { get; init; }

    /// <summary>What is lost of the contact in each cycle and not restored by plating, fraction of the arcing.</summary>
    public required double ContactLossPerCycle { get; init; }

    public required double OvenKelvin { get; init; }

    public required double OvenSeconds { get; init; }

    public required double ReversalSeconds { get; init; }

    public required double HalfSeconds { get; init; }

    /// <summary>0: none; else the rest between half-cycles, s.</summary>
    public required double RestSeconds { get; init; }

    /// <summary>The current rises in ten steps over the first ten cycles.</summary>
    public required bool Ramp { get; init; }

    public required bool Impedance { get; init; }

    public required double NoiseVolts { get; init; }

    public required double ProportionalNoise { get; init; }

    public required double QuantumVolts { get; init; }

    public required double MainsVolts { get; init; }

    public required double StatedOffsetVolts { get; init; }

    public required double OffsetVolts { get; init; }

    public required double CurrentGain { get; init; }

    public required bool MeasuresTemperature { get; init; }

    /// <summary>Full cells: fast series resistance, ohm.</summary>
    public double SeriesOhms { get; init; }

    public double FastOhms { get; init; }

    public double FastSeconds { get; init; } = 1;

    public double SlowOhms { get; init; }

    public double SlowSeconds { get; init; } = 1;

    public double FirstEfficiency { get; init; } = 1;

    public double Efficiency { get; init; } = 1;

    public required CellSpec Spec { get; init; }

    /// <summary>Full and half cells: capacity of a half-cycle, As.</summary>
    public double CapacityAmpSeconds => Amperes * HalfSeconds;

    /// <summary>Standard deviation of a reading at this voltage, quantisation included, V.</summary>
    public double SigmaVolts(double volts)
    {
        var proportional = ProportionalNoise * volts;
        return Math.Sqrt((NoiseVolts * NoiseVolts) + (proportional * proportional) + (QuantumVolts * QuantumVolts / 12) + (MainsVolts * MainsVolts / 2));
    }
}
