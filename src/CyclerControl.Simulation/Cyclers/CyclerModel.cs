using System.Collections.Immutable;

namespace CyclerControl.Simulation.Cyclers;

/// <summary>What kind of instrument is simulated: its ranges, its speed and its errors.</summary>
/// <param name="CurrentRangesAmperes">Ascending maxima, A.</param>
/// <param name="MaxVolts">Largest |V| that it sources and reads, V.</param>
/// <param name="SlewSeconds">Time constant with which the current follows its set-point, s.</param>
/// <param name="Noise">What its readings add to the truth.</param>
public sealed record CyclerModel(ImmutableArray<double> CurrentRangesAmperes, double MaxVolts, double SlewSeconds, NoiseParameters Noise)
{
    /// <summary>Four ranges from 100 uA to 100 mA, +-5 V, 90 % of a step after 5.8 ms.</summary>
    public static readonly CyclerModel EightChannel = new([100e-6, 1e-3, 10e-3, 100e-3], 5, 0.0025, new NoiseParameters());

    /// <summary>A single-channel source-measure unit: ranges from 10 nA to 1 A, 21 V.</summary>
    public static readonly CyclerModel SourceMeasureUnit = new(
        [1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1],
        21,
        0.0005,
        new NoiseParameters { WhiteVolts = 10e-6, VoltageQuantumVolts = 1e-7 });

    /// <summary>A single-channel source-measure unit for larger currents: ranges from 1 uA to 4 A, 21 V.</summary>
    public static readonly CyclerModel HighCurrentUnit = SourceMeasureUnit with { CurrentRangesAmperes = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 4] };

    public double MaxAmperes => CurrentRangesAmperes[^1];

    /// <summary>The lowest range that holds this current; null when none does.</summary>
    public double? RangeFor(double amperes)
    {
        foreach (var range in CurrentRangesAmperes)
        {
            if (Math.Abs(amperes) <= range)
            {
                return range;
            }
        }

        return null;
    }
}
