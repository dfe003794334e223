namespace CyclerControl.Acquisition.Clocks;

/// <summary>An operating system's way to wait for a moment or for a wake. <see cref="Wait"/>: owning thread; <see cref="Wake"/>: any thread.</summary>
internal interface IWaiter : IDisposable
{
    /// <param name="deadlineNanoseconds">On the machine's monotonic clock, ns; <see cref="long.MaxValue"/>: a wake only.</param>
    void Wait(long deadlineNanoseconds);

    void Wake();
}
