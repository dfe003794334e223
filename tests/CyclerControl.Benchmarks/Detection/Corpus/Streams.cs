using CyclerControl.Core.Quantities;

namespace CyclerControl.Benchmarks.Detection.Corpus;

/// <summary>The lives of the corpus by name: (seed, stream, index) is one life, for ever.</summary>
internal static class Streams
{
    /// <summary>
    /// Seeds from here on are for scoring and for nothing else: no threshold may be chosen by looking at them. Seeds below are free.
    /// </summary>
    public const long FirstScoringSeed = 1_000_000;

    private const double LongLifeHours = 1000;
    private const double LifeHours = 240;
    private const int LongLifeEvery = 8;

    /// <summary>Length of a healthy life, s: days at 1 Hz and slower, as many readings as fit a test elsewhere.</summary>
    public static double HealthySeconds(SamplingScheme sampling, long index) => sampling.PeriodSeconds switch
    {
        < 0.01 => 900,
        < 1 => 36_000,
        _ => (index % LongLifeEvery == LongLifeEvery - 1 ? LongLifeHours : LifeHours) * 3600,
    };

    public static CellLife Healthy(long seed, SamplingScheme sampling, long index, double lifeSeconds) =>
        new(seed, Array.IndexOf(SamplingScheme.All, sampling), index, lifeSeconds, random => (CellDrawing.Draw(random, CellDrawing.Kind(random), sampling), null));

    public static CellLife Faulty(long seed, FaultGroup group, long index) =>
        new(seed, group.Stream, index, FaultySeconds(group), random => Faulty(random, group, index));

    /// <summary>More than the half-cycles before, with and after the fault can take, rests included.</summary>
    private static double FaultySeconds(FaultGroup group) => (60 * group.Sampling.LeastHalfSeconds) + 36_000;

    private static (CellDraw Cell, Fault? Fault) Faulty(SeededRandom random, FaultGroup group, long index)
    {
        // Every kind of cell in turn, so that few cases too have all of them.
        var kind = (CellKind)(index % 3);
        var cell = CellDrawing.Draw(random, kind, group.Sampling);
        cell = cell with { HalfSeconds = Math.Min(cell.HalfSeconds, 3 * group.Sampling.LeastHalfSeconds) };
        var leg = 1 + (int)random.Uniform(0, group.Sampling.PeriodSeconds < 1 ? 2 : 4);
        var phase = kind == CellKind.Half ? random.Uniform(0.4, 0.85) : random.Uniform(0.1, 0.9);
        var fraction = group.Fraction ?? Fraction(random, group.Kind, cell);
        return (cell, new Fault(group.Kind, fraction, Ramp(random, group.Kind, cell), leg, phase, random));
    }

    private static double Fraction(SeededRandom random, FaultKind kind, CellDraw cell)
    {
        switch (kind)
        {
            case FaultKind.HardShort:
                var beside = cell.Kind == CellKind.Full ? cell.SeriesOhms : cell.LevelVolts / cell.Amperes;
                var ohms = random.LogUniform(0.5, Math.Min(20, 0.12 * beside));
                return beside / (beside + ohms);
            case FaultKind.Telegraph:
                return random.Uniform(0.08, 0.6);
            case FaultKind.ContactReturn:
                return random.Uniform(3, 8);
            default:
                return random.Uniform(0.2, 0.9);
        }
    }

    private static double Ramp(SeededRandom random, FaultKind kind, CellDraw cell) => kind switch
    {
        FaultKind.Creep => random.LogUniform(60, 3600) * Math.Min(1, cell.Sampling.LeastHalfSeconds / 600),
        FaultKind.SlowCreep => 4 * cell.HalfSeconds,
        _ => random.LogUniform(0.2, 2) * cell.HalfSeconds,
    };
}
