using System.Globalization;
using CyclerControl.Benchmarks.Detection.Corpus;

namespace CyclerControl.Benchmarks.Detection;

/// <summary>One life of the corpus as CSV (<c>time_s, voltage_V, current_A</c>), to look at, or to give to <c>cycler detect</c>.</summary>
internal static class TraceExport
{
    public static readonly BenchmarkOption[] Options = [new("--seed", 1, 0, 1e15), new("--index", 0, 0, 1e9), new("--hours", 24, 0, 1e6)];

    /// <param name="name">Of a group of faults (<c>hard_1Hz</c>, <c>drop_5pct_10Hz</c> ...), or <c>healthy_</c> and a sampling.</param>
    /// <returns>False if there is no such name.</returns>
    public static bool Write(TextWriter output, string name, long seed, long index, double hours)
    {
        var seconds = hours * 3600;
        CellLife life;
        var legs = int.MaxValue;
        if (SamplingScheme.All.FirstOrDefault(sampling => name == $"healthy_{sampling.Name}") is { } healthy)
        {
            life = Streams.Healthy(seed, healthy, index, seconds);
        }
        else if (FaultGroup.All.FirstOrDefault(group => group.Name == name) is { } group)
        {
            life = Streams.Faulty(seed, group, index);
            legs = life.Fault!.Leg + group.LegsAfter;
        }
        else
        {
            return false;
        }

        output.WriteLine("time_s,voltage_V,current_A");
        while (life.NextBlock() && life.Planned.HalfCycle <= legs && (life.Samples.IsEmpty || life.Samples[0].TimeSeconds < seconds))
        {
            foreach (ref readonly var sample in life.Samples)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sample.TimeSeconds:0.######},{sample.Volts:0.#########},{sample.Amperes:0.############}"));
        }

        return true;
    }

    public static string Names => string.Join(", ", SamplingScheme.All.Select(sampling => $"healthy_{sampling.Name}").Concat(FaultGroup.All.Select(group => group.Name)));
}
