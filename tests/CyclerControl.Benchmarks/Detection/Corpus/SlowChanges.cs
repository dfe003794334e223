namespace CyclerControl.Benchmarks.Detection.Corpus;

/// <summary>What temperature and pressure do to the resistance of a cell in the course of its life. Ask in order of time.</summary>
internal sealed class SlowChanges
{
    public const double SetCelsius = 25;

    /// <summary>Resistance falls by 4 % per kelvin (0.33 eV at 25 degC).</summary>
    private const double PerKelvin = 0.04;

    private const double RampSeconds = 600;
    private const double DoorSeconds = 60;
    private const double PressureMemorySeconds = 86_400;

    private readonly CellDraw cell;
    private readonly Nuisance[] events;
    private int next;
    private int firstActive;

    public SlowChanges(CellDraw cell, NuisanceSchedule nuisances)
    {
        this.cell = cell;
        events = nuisances.Slow;
    }

    public double Celsius { get; private set; } = SetCelsius;

    /// <summary>Factor on every resistance.</summary>
    public double Factor(double seconds)
    {
        while (next < events.Length && events[next].Seconds <= seconds)
            next++;
        var kelvin = cell.OvenKelvin * Math.Sin(2 * Math.PI * seconds / cell.OvenSeconds);
        var factor = 1.0;
        for (var i = firstActive; i < next; i++)
        {
            ref readonly var one = ref events[i];
            var age = seconds - one.Seconds;
            switch (one.Kind)
            {
                case NuisanceKind.OvenExcursion when age < one.Duration:
                    var half = Math.Sin(Math.PI * age / one.Duration);
                    factor *= 1 + (one.Size * half * half);
                    break;
                case NuisanceKind.TemperatureStep when age < one.Duration + (2 * RampSeconds):
                    kelvin += one.Size * Math.Min(1, Math.Min(age, one.Duration + (2 * RampSeconds) - age) / RampSeconds);
                    break;
                case NuisanceKind.ChamberDoor when age < 10 * one.Duration:
                    kelvin += one.Size * Math.Min(1, age / DoorSeconds) * Math.Exp(-Math.Max(0, age - DoorSeconds) / one.Duration);
                    break;
                case NuisanceKind.Pressure:
                    factor *= 1 + (one.Size * Math.Min(1, age / one.Duration) * Math.Exp(-age / PressureMemorySeconds));
                    break;
                case NuisanceKind.Reseat when age > one.Duration:
                    factor *= 1 + (one.Size * Math.Exp(-age / PressureMemorySeconds));
                    break;
                default:
                    break;
            }
        }

        while (firstActive < next && seconds - events[firstActive].Seconds > 5 * PressureMemorySeconds)
            firstActive++;
        Celsius = SetCelsius + kelvin;
        return factor * Math.Exp(-PerKelvin * kelvin);
    }
}
