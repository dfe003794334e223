namespace CyclerControl.Benchmarks.Detection.Baselines;

/// <summary>|V| between two records changed by more than a fifth of the level, on full cells by more than 20 mV.</summary>
internal sealed class VoltageStep : IBaseline
{
    private const double Fraction = 0.2;
    private const double FullVolts = 0.02;

    private double last = double.NaN;

    public string Name => "voltage_step";

    public void Reset() => last = double.NaN;

    public bool Observe(in BaselineReading reading)
    {
        var change = Math.Abs(reading.Volts - last);
        last = reading.Volts;
        return change > (reading.IsFull ? FullVolts : Fraction * reading.LevelVolts);
    }
}
