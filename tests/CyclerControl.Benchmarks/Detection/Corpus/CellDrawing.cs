using CyclerControl.Core.Quantities;

namespace CyclerControl.Benchmarks.Detection.Corpus;

/// <summary>Draws cells.</summary>
internal static class CellDrawing
{
    private const double SymmetricLife = 0.5;
    private const double HalfLife = 0.25;

    public static CellKind Kind(SeededRandom random) => random.Uniform() switch
    {
        < SymmetricLife => CellKind.Symmetric,
        < SymmetricLife + HalfLife => CellKind.Half,
        _ => CellKind.Full,
    };

    public static CellDraw Draw(SeededRandom random, CellKind kind, SamplingScheme sampling)
    {
        var draw = Channel(random, kind, sampling);
        draw = kind == CellKind.Full ? FullCell(random, draw) : LithiumCell(random, draw);
        return draw with { Spec = Spec(random, draw) };
    }

    private static CellDraw Channel(SeededRandom random, CellKind kind, SamplingScheme sampling)
    {
        var stated = random.Pick(0.1e-3, 0.3e-3, 1e-3, 2.5e-3);
        var linear = random.Chance(0.5);
        return new CellDraw
        {
            Kind = kind,
            Sampling = sampling,
            Amperes = 0,
            LevelVolts = 0,
            KineticShare = random.Uniform(0, 0.6),
            BulkShare = random.Uniform(0.4, 0.95),
            Asymmetry = random.Uniform(0.9, 1.1),
            Nucleation = random.Uniform(0.2, 0.6),
            NucleationSeconds = random.LogUniform(60, 2400),
            GrowthPerRootHour = linear ? 0 : random.Uniform(0, 0.01),
            GrowthPerHour = linear ? random.Uniform(0, 5e-4) : 0,
            Arcing = random.Uniform(0.05, 0.5),
            ArcingPower = random.Uniform(2, 4),
            ContactLossPerCycle = random.Uniform(0, 0.01),
            OvenKelvin = random.Uniform(0.1, 2),
            OvenSeconds = random.LogUniform(1200, 86_400),
            ReversalSeconds = random.Chance(0.5) ? random.Uniform(0.002, 0.004) : random.Uniform(0.043, 0.43),
            HalfSeconds = Math.Round(random.LogUniform(sampling.LeastHalfSeconds, sampling.MostHalfSeconds)),
            RestSeconds = random.Chance(0.4) ? Math.Round(random.LogUniform(60, 1800)) : 0,
            Ramp = kind == CellKind.Symmetric && random.Chance(0.2),
            Impedance = random.Chance(0.3),
            NoiseVolts = random.Uniform(25e-6, 100e-6),
            ProportionalNoise = kind == CellKind.Full ? 0 : random.Uniform(0, 5e-4),
            QuantumVolts = random.Pick(0.25e-6, 1e-6, 10e-6, 100e-6),
            MainsVolts = sampling.PeriodSeconds < 1 && random.Chance(0.3) ? random.Uniform(10e-6, 100e-6) : 0,
            StatedOffsetVolts = stated,
            OffsetVolts = stated * random.Uniform(-1, 1),
            CurrentGain = 1 + random.Uniform(-5e-4, 5e-4),
            MeasuresTemperature = random.Chance(0.25),
            Spec = new CellSpec { Kind = kind },
        };
    }

    private static CellDraw LithiumCell(SeededRandom random, CellDraw draw)
    {
        var level = random.LogUniform(1e-3, draw.Kind == CellKind.Symmetric ? 0.5 : 0.1);
        var ohms = random.LogUniform(15, 300);
        return draw with { LevelVolts = level, Amperes = level / ohms, Efficiency = 1 - random.LogUniform(1e-3, 0.05) };
    }

    private static CellDraw FullCell(SeededRandom random, CellDraw draw)
    {
        var fast = random.Uniform(30, 100);
        var slow = random.Uniform(50, 200);
        var series = random.Uniform(25, 60);
        return draw with
        {
            // Between 20 and 200 mV of overpotential in all.
            Amperes = random.LogUniform(0.02, 0.2) / (series + fast + slow),
            SeriesOhms = series,
            FastOhms = fast,
            FastSeconds = random.LogUniform(0.1, 1),
            SlowOhms = slow,
            SlowSeconds = random.LogUniform(30, 300),
            FirstEfficiency = random.Uniform(0.75, 0.85),
            Efficiency = random.Uniform(0.995, 0.9996),
            LevelVolts = 3.7,
        };
    }

    /// <summary>What the operator wrote down about it: half of them know the bulk resistance, and the oven's set temperature.</summary>
    private static CellSpec Spec(SeededRandom random, CellDraw draw)
    {
        var known = random.Chance(0.5);
        var bulk = draw.Kind == CellKind.Full
            ? draw.SeriesOhms
            : draw.LevelVolts / draw.Amperes * (1 - draw.KineticShare) * draw.BulkShare;
        return new CellSpec
        {
            Kind = draw.Kind,
            BulkResistanceOhms = known ? bulk : null,
            TemperatureCelsius = known || draw.MeasuresTemperature ? SlowChanges.SetCelsius : null,
            NominalAmpHours = draw.Kind == CellKind.Full && random.Chance(0.5) ? draw.CapacityAmpSeconds / 3600 : null,
        };
    }
}
