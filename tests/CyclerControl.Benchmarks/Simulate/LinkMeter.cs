namespace CyclerControl.Benchmarks.Simulate;

/// <summary>Counts ticks, and what the link's thread allocates between them. Called on that thread, once per reading.</summary>
internal sealed class LinkMeter
{
    private const long Warm = 600;
    private long previous;

    public long Ticks { get; private set; }

    /// <summary>Ticks between whose readings the thread allocated anything.</summary>
    public long AllocatingTicks { get; private set; }

    public long AllocatedBytes { get; private set; }

    public double AllocatedBytesPerTick => Ticks > Warm ? AllocatedBytes / (double)(Ticks - Warm) : 0;

    public void Tick()
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        if (++Ticks > Warm && allocated != previous)
        {
            AllocatingTicks++;
            AllocatedBytes += allocated - previous;
        }

        previous = allocated;
    }
}
