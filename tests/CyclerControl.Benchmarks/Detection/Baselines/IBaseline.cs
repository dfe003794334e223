namespace CyclerControl.Benchmarks.Detection.Baselines;

/// <summary>A test that a lab could have instead of the product's detector.</summary>
internal interface IBaseline
{
    /// <summary>Key in the figures.</summary>
    string Name { get; }

    /// <summary>A programmed change: what was learnt about the last level is forgotten.</summary>
    void Reset();

    /// <returns>True when it alarms.</returns>
    bool Observe(in BaselineReading reading);
}

/// <summary>What a baseline is given: more than a lab would have.</summary>
/// <param name="Volts">|V| in the direction of the current, V.</param>
/// <param name="LevelVolts">What the healthy cell of this life has at its set current, from the truth, V.</param>
/// <param name="Z">V against the mean of the first 30 readings after the blanking, in their standard deviations; positive is higher.</param>
/// <param name="Learnt">Z means something.</param>
/// <param name="IsFull">Two electrodes of their own potential: no fraction of the level, but millivolts.</param>
internal readonly record struct BaselineReading(double Volts, double LevelVolts, double Z, bool Learnt, bool IsFull);
