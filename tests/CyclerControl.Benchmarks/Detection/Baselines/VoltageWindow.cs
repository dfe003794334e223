namespace CyclerControl.Benchmarks.Detection.Baselines;

/// <summary>A fixed window: a quarter to four times the level that this cell really has; full cells 2.5 to 4.35 V.</summary>
internal sealed class VoltageWindow : IBaseline
{
    private const double Lowest = 0.25;
    private const double Highest = 4;
    private const double FullLowest = 2.5;
    private const double FullHighest = 4.35;

    public string Name => "voltage_window";

    public void Reset()
    {
    }

    public bool Observe(in BaselineReading reading) => reading.IsFull
        ? reading.Volts is < FullLowest or > FullHighest
        : reading.Volts < Lowest * reading.LevelVolts || reading.Volts > Highest * reading.LevelVolts;
}
