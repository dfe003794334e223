using CyclerControl.Acquisition.Links;

namespace CyclerControl.Benchmarks.Sampling;

/// <summary>A stretch of sampling on all channels, start and end of the runs left out.</summary>
internal sealed class SampledBlock
{
    private const double SettleSeconds = 0.5;

    public LatenessHistogram Lateness { get; } = new();

    public double Seconds { get; private init; }

    public double CpuSeconds { get; private init; }

    public double SimulatorCpuSeconds { get; private init; }

    public long Samples { get; private init; }

    /// <summary>By link threads on the way of samples, B.</summary>
    public long Allocated { get; private init; }

    /// <summary>By link threads for events, B.</summary>
    public long AllocatedByEvents { get; private init; }

    /// <summary>By the process, B.</summary>
    public long AllocatedInAll { get; private init; }

    public static SampledBlock Run(SimulatorProcess simulator, int channels, double rate, double seconds)
    {
        using var station = new SampledStation(simulator.Instruments, channels, rate);
        var meters = station.Hosts.ToDictionary(host => host.Name, _ => new LinkAllocations());
        var runs = station.Channels.Select(channel => station.Run(channel, meters[channel.Instrument].NewRecorder)).ToArray();
        station.Wait(SettleSeconds + (2 / rate));
        var marks = station.Hosts.Select(host => host.Timing.Lateness.Mark()).ToArray();
        var (at, cpu, simulatorCpu, samples) = (station.Clock.NowNanoseconds, Environment.CpuUsage.TotalTime, simulator.ProcessorTime, station.Samples);
        var (allocated, events) = (meters.Values.Sum(m => m.Samples), meters.Values.Sum(m => m.Events));
        var inAll = GC.GetTotalAllocatedBytes(precise: true);
        station.Wait(seconds);
        inAll = GC.GetTotalAllocatedBytes(precise: true) - inAll;
        var block = new SampledBlock
        {
            Seconds = (station.Clock.NowNanoseconds - at) * 1e-9,
            Samples = station.Samples - samples,
            CpuSeconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds,
            SimulatorCpuSeconds = (simulator.ProcessorTime - simulatorCpu).TotalSeconds,
            Allocated = meters.Values.Sum(m => m.Samples) - allocated,
            AllocatedByEvents = meters.Values.Sum(m => m.Events) - events,
            AllocatedInAll = inAll,
        };
        for (var i = 0; i < marks.Length; i++)
            block.Lateness.AddFrom(station.Hosts[i].Timing.Lateness, marks[i]);
        if (runs.FirstOrDefault(run => run.IsCompleted) is { } ended)
            throw new InvalidOperationException($"a run did not last: {ended.GetAwaiter().GetResult()}");
        station.EndAll();
        Task.WhenAll(runs).GetAwaiter().GetResult();
        return block;
    }
}
