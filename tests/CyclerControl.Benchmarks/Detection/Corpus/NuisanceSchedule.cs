namespace CyclerControl.Benchmarks.Detection.Corpus;

/// <summary>All nuisances of one life, drawn at its beginning, in order of time.</summary>
internal sealed class NuisanceSchedule
{
    private const double PerHour = 1.0 / 3600;

    /// <summary>Short lives at high rates see more of what lasts milliseconds, or it would hardly ever meet them.</summary>
    private readonly double pointRate;

    public NuisanceSchedule(SeededRandom random, double lifeSeconds, SamplingScheme sampling)
    {
        pointRate = sampling.PeriodSeconds < 1 ? 1 / Math.Sqrt(sampling.PeriodSeconds) : 1;
        var slow = new List<Nuisance>();
        Draw(slow, random, lifeSeconds, 0.02, t => new Nuisance(NuisanceKind.OvenExcursion, t, 7200, random.Chance(0.7) ? 0.06 : -0.06));
        Draw(slow, random, lifeSeconds, 0.02, t => new Nuisance(NuisanceKind.TemperatureStep, t, random.LogUniform(1800, 14_400), Sign(random) * 3));
        Draw(slow, random, lifeSeconds, 0.02, t => new Nuisance(NuisanceKind.ChamberDoor, t, random.Uniform(300, 900), -random.Uniform(0.5, 2.5)));
        Draw(slow, random, lifeSeconds, 0.004, t => new Nuisance(NuisanceKind.Pressure, t, random.Uniform(2, 20), Sign(random) * random.Uniform(0.05, 0.2)));
        Draw(slow, random, lifeSeconds, 0.005 * pointRate, t => new Nuisance(NuisanceKind.Reseat, t, random.Uniform(0.5, 4), random.Uniform(-0.02, 0.02)));
        var points = slow.Where(n => n.Kind == NuisanceKind.Reseat).ToList();
        Draw(points, random, lifeSeconds, 0.1 * pointRate, t => new Nuisance(NuisanceKind.Knock, t, random.Uniform(0.01, 0.06), random.Uniform(0.05, 0.5)));
        Draw(points, random, lifeSeconds, 0.03 * pointRate, t => new Nuisance(NuisanceKind.RangeSwitch, t, random.Uniform(0.002, 0.01), random.Uniform(-1e-4, 1e-4)));
        Draw(points, random, lifeSeconds, 0.02 * pointRate, t => new Nuisance(NuisanceKind.ZeroCurrent, t, random.Uniform(0.01, 2), 0));
        Slow = [.. slow.OrderBy(n => n.Seconds)];
        Points = [.. points.OrderBy(n => n.Seconds)];
    }

    /// <summary>What changes the cell's resistance.</summary>
    public Nuisance[] Slow { get; }

    /// <summary>What touches a few readings.</summary>
    public Nuisance[] Points { get; }

    /// <summary>The last one before a time that may still be felt then; null if there is none within the hour.</summary>
    public Nuisance? Before(double seconds) =>
        Slow.Concat(Points).Where(n => n.Seconds <= seconds && n.Seconds + n.Duration + 3600 > seconds).OrderBy(n => n.Seconds).Cast<Nuisance?>().LastOrDefault();

    private static double Sign(SeededRandom random) => random.Chance(0.5) ? 1 : -1;

    private static void Draw(List<Nuisance> list, SeededRandom random, double lifeSeconds, double perHour, Func<double, Nuisance> make)
    {
        for (var t = random.Exponential(1 / (perHour * PerHour)); t < lifeSeconds; t += random.Exponential(1 / (perHour * PerHour)))
            list.Add(make(t));
    }
}
