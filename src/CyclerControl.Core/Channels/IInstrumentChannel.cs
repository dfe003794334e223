namespace CyclerControl.Core.Channels;

/// <summary>What every channel can: say who it is, be read, be switched off. Every member is called on the link's own thread.</summary>
public interface IInstrumentChannel
{
    ChannelId Id { get; }

    ChannelCapabilities Capabilities { get; }

    /// <summary>One reading. On a schedule instrument it is for the eye only: rows of the instrument's own record are what is judged.</summary>
    Reading Read();

    /// <summary>
    /// What the instrument says about having switched this channel off by itself; asked before a run is prepared, which may clear it.
    /// Null: it has not, or it cannot be asked.
    /// </summary>
    string? OwnTrip() => null;

    /// <summary>Output off (high impedance), repeated until the instrument confirms it; a schedule that runs is stopped. Takes no cancellation.</summary>
    /// <exception cref="LinkFaultException">It could not be confirmed: the output is unconfirmed.</exception>
    void OutputOff();

    /// <summary>After the run: watchdog disarmed, output off.</summary>
    void Release();
}
