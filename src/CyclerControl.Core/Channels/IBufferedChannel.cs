namespace CyclerControl.Core.Channels;

/// <summary>One reading of an instrument's own buffer, on the instrument's own time scale.</summary>
/// <param name="InstrumentSeconds">When it was taken, s since some moment that stays the same while <see cref="BlockFetch.Epoch"/> does.</param>
/// <param name="Volts">Terminal voltage, V.</param>
/// <param name="Amperes">Measured current, A; positive charges the cell.</param>
/// <param name="Quality">What the numbers are worth.</param>
public readonly record struct BufferedReading(double InstrumentSeconds, double Volts, double Amperes, ReadingQuality Quality);

/// <summary>What one fetch brought.</summary>
/// <param name="Count">New readings, oldest first.</param>
/// <param name="Overflowed">The instrument says that readings were lost since the last fetch.</param>
/// <param name="Epoch">Changes whenever the buffer is started again: time stamps of two epochs have nothing to do with each other.</param>
/// <param name="AfterNanoseconds">Clock time before which nothing in it was taken: the buffer was started, or emptied, then.</param>
/// <param name="ReceivedAtNanoseconds">Clock time at which the block was there: everything in it is earlier.</param>
public readonly record struct BlockFetch(int Count, bool Overflowed, int Epoch, long AfterNanoseconds, long ReceivedAtNanoseconds);

/// <summary>A channel whose instrument samples by itself. Every member is called on the link's own thread.</summary>
public interface IBufferedChannel : ISetpointChannel
{
    /// <summary>True between a start and whatever ended it: a stop, an output off or a set-point that the buffer does not survive.</summary>
    bool IsBuffering { get; }

    /// <summary>Clears the buffer and starts it.</summary>
    /// <param name="periodSeconds">Between two readings, s; at least <see cref="BufferedSampling.Fastest"/>.</param>
    /// <exception cref="LinkFaultException">The exchange broke.</exception>
    /// <exception cref="InstrumentErrorException">The instrument refused, or its read-back differs.</exception>
    void StartBuffer(double periodSeconds);

    /// <summary>Everything that was sampled since the last fetch. No allocation.</summary>
    /// <param name="readings">At least <see cref="BufferedSampling.Capacity"/> long.</param>
    BlockFetch Fetch(Span<BufferedReading> readings);

    /// <summary>The instrument stops sampling by itself.</summary>
    void StopBuffer();
}
