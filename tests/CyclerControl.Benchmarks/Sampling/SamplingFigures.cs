using CyclerControl.Acquisition.Links;

namespace CyclerControl.Benchmarks.Sampling;

/// <summary>Everything that was seen in the blocks so far.</summary>
internal sealed class SamplingFigures(int channels)
{
    private readonly LatenessHistogram ours = new();
    private readonly LatenessHistogram bare = new();
    private readonly LatenessHistogram asking = new();
    private readonly List<double> ratios = [];
    private double seconds;
    private double cpuSeconds;
    private double simulatorCpuSeconds;
    private long samples;
    private long allocated;
    private long allocatedByEvents;
    private long allocatedInAll;

    /// <param name="floor">The bare loop in this block.</param>
    /// <param name="askingFloor">The loop that asks the instruments, too.</param>
    public void Add(SampledBlock block, LatenessHistogram floor, LatenessHistogram askingFloor)
    {
        ours.AddFrom(block.Lateness, null);
        bare.AddFrom(floor, null);
        asking.AddFrom(askingFloor, null);
        ratios.Add(block.Lateness.Figures().P99Nanoseconds / (double)floor.Figures().P99Nanoseconds);
        seconds += block.Seconds;
        cpuSeconds += block.CpuSeconds;
        simulatorCpuSeconds += block.SimulatorCpuSeconds;
        samples += block.Samples;
        allocated += block.Allocated;
        allocatedByEvents += block.AllocatedByEvents;
        allocatedInAll += block.AllocatedInAll;
    }

    public Report Report()
    {
        var (figures, floor, askingFloor) = (ours.Figures(), bare.Figures(), asking.Figures());
        return new Report()
            .Add("rate_hz", samples / (channels * seconds))
            .Add("p50_us", figures.P50Nanoseconds / 1e3)
            .Add("p99_us", figures.P99Nanoseconds / 1e3)
            .Add("p999_us", figures.P999Nanoseconds / 1e3)
            .Add("max_us", figures.MaxNanoseconds / 1e3)
            .Add("missed", figures.Missed)
            .Add("floor_p99_us", floor.P99Nanoseconds / 1e3)
            .Add("floor_missed", floor.Missed)
            .Add("ratio_p99", Median.Of([.. ratios]))
            .Add("cpu_percent", 100 * cpuSeconds / seconds)
            .Add("alloc_bytes_per_sample", allocated / (double)samples)
            .Say("lowest_ratio_p99", ratios.Min())
            .Say("highest_ratio_p99", ratios.Max())
            .Say("floor_p50_us", floor.P50Nanoseconds / 1e3)
            .Say("floor_p999_us", floor.P999Nanoseconds / 1e3)
            .Say("floor_max_us", floor.MaxNanoseconds / 1e3)
            .Say("asking_floor_p50_us", askingFloor.P50Nanoseconds / 1e3)
            .Say("asking_floor_p99_us", askingFloor.P99Nanoseconds / 1e3)
            .Say("asking_floor_p999_us", askingFloor.P999Nanoseconds / 1e3)
            .Say("asking_floor_max_us", askingFloor.MaxNanoseconds / 1e3)
            .Say("asking_floor_missed", askingFloor.Missed)
            .Say("simulator_cpu_percent", 100 * simulatorCpuSeconds / seconds)
            .Say("gap_event_bytes_per_sample", allocatedByEvents / (double)samples)
            .Say("process_alloc_bytes_per_sample", allocatedInAll / (double)samples)
            .Say("deadlines", figures.Deadlines);
    }
}
