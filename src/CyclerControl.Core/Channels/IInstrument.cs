namespace CyclerControl.Core.Channels;

/// <summary>Who answered behind the port.</summary>
/// <param name="Manufacturer">First field of the identification.</param>
/// <param name="Model">Second field.</param>
/// <param name="SerialNumber">Third field; null where the instrument has none.</param>
/// <param name="Firmware">Fourth field; null where the instrument has none.</param>
public sealed record InstrumentIdentity(string Manufacturer, string Model, string? SerialNumber, string? Firmware)
{
    public override string ToString() => $"{Manufacturer} {Model} {SerialNumber ?? "(no serial number)"} {Firmware}".TrimEnd();
}

/// <summary>Where a station says an instrument is.</summary>
/// <param name="Name">Name in the station; first part of its channels' ids.</param>
/// <param name="Profile">Name of the hardware profile.</param>
/// <param name="Connect">Connection string: <c>tcp://host:port</c>, <c>serial:///dev/ttyUSB0?baud=9600</c>, <c>neware://host?...</c>, <c>sim://?cells=a,b&amp;seed=1</c>.</param>
public sealed record InstrumentAddress(string Name, string Profile, Uri Connect);

/// <summary>One open connection to one physical cycler. Every member is called on the link's own thread.</summary>
/// <remarks>
/// A broken or timed-out exchange throws <see cref="LinkFaultException"/> and poisons the connection: every later call throws too.
/// The owner disposes it and opens a new one.
/// </remarks>
public interface IInstrument : IDisposable
{
    string Name { get; }

    /// <summary>Known after <see cref="Initialize"/>.</summary>
    InstrumentIdentity Identity { get; }

    IReadOnlyList<IInstrumentChannel> Channels { get; }

    /// <summary>
    /// First act on a new connection: identify (another device: nothing is written, <see cref="WrongInstrumentException"/>), power-on flag
    /// before any clear, safe state, setup.
    /// </summary>
    /// <param name="expected">The identity before a reopen; null at the first opening.</param>
    /// <returns>True when the instrument says it was powered on since it was last asked.</returns>
    bool Initialize(InstrumentIdentity? expected);

    /// <summary>All outputs off, confirmed. On a schedule instrument nothing is written: its channels go on under their own limits.</summary>
    void SafeState();

    /// <summary>One cheap exchange, so that the instrument's watchdog does not fire.</summary>
    void KeepAlive();

    /// <summary>
    /// Reads several channels in one exchange. False where the instrument's language has no such query; the caller then reads one by one.
    /// </summary>
    /// <param name="channels">Channel numbers, ascending.</param>
    /// <param name="readings">At least as long as <paramref name="channels"/>.</param>
    bool TryReadAll(ReadOnlySpan<int> channels, Span<Reading> readings);

    /// <summary>The last exchanges on the wire, oldest first, for messages and the log.</summary>
    IReadOnlyList<string> LastExchanges();
}

/// <summary>A channel that does what it is told now. Every member is called on the link's own thread.</summary>
public interface ISetpointChannel : IInstrumentChannel
{
    /// <summary>Before the first set-point of a run: watchdog armed (where there is one) and everything written read back; output still off.</summary>
    /// <exception cref="LinkFaultException">The exchange broke.</exception>
    /// <exception cref="InstrumentErrorException">The instrument refused, or its read-back differs.</exception>
    void Prepare();

    /// <summary>Brings the output to the set-point: limits first, written and read back, then the level, then the output on.</summary>
    /// <exception cref="LinkFaultException">The exchange broke.</exception>
    /// <exception cref="InstrumentErrorException">The instrument refused, or its read-back differs.</exception>
    void Apply(in Setpoint setpoint);
}

/// <summary>A second connection to an instrument, over which a Stop goes out while the first is busy. It switches off, and can do nothing else.</summary>
/// <remarks>One thread uses it, which is not the link's.</remarks>
public interface IAbortLine : IDisposable
{
    /// <summary>The safe state of one channel, confirmed.</summary>
    /// <param name="channel">Number on the instrument.</param>
    /// <exception cref="InstrumentException">Not confirmed; the line is of no use any more.</exception>
    void SafeState(int channel);
}

/// <summary>The way to an instrument: opens it, as often as needed.</summary>
public interface IInstrumentLink
{
    InstrumentAddress Address { get; }

    /// <summary>True when the instrument is made by Simulation in this process; only then may its clock be scaled or virtual.</summary>
    bool IsSimulated { get; }

    /// <summary>Channel numbers, ascending.</summary>
    IReadOnlyList<int> ChannelNumbers { get; }

    /// <summary>What its channels can do, by the profile: known before anything is opened.</summary>
    ChannelCapabilities Capabilities { get; }

    /// <summary>What two programs cannot both have; null: host and port, or the device, of the address say it.</summary>
    string? Place => null;

    /// <summary>Longest time that one exchange may take before it is given up.</summary>
    TimeSpan ReplyTimeout { get; }

    /// <summary>Says protocols in the language of a schedule instrument; null on set-point instruments.</summary>
    IScheduleCompiler? Compiler => null;

    /// <summary>How long ago the record began that a run on this channel would follow; zero where it begins with the run. Blocking; any thread.</summary>
    /// <param name="channel">Number on the instrument.</param>
    /// <exception cref="InstrumentException">There is no record, or it cannot be read.</exception>
    TimeSpan RecordAge(int channel) => TimeSpan.Zero;

    /// <summary>Connects once, and exchanges nothing. Blocking; any thread.</summary>
    /// <exception cref="InstrumentUnreachableException">Refused, unknown host, timed out.</exception>
    IInstrument Open();

    /// <summary>Connects the second connection and makes sure that the same instrument answers; null where the profile has none. Blocking; any thread.</summary>
    /// <param name="expected">Who answered on the first.</param>
    /// <exception cref="InstrumentException">No connection, or another device: nothing was written to it.</exception>
    IAbortLine? OpenAbortLine(InstrumentIdentity expected) => null;

    /// <summary>Connects with backoff until it succeeds or is cancelled. Runs off the link's thread.</summary>
    /// <param name="attemptFailed">Called after each failed attempt with its reason.</param>
    /// <param name="cancellation">Ends the attempts.</param>
    Task<IInstrument> OpenWithRetryAsync(Action<InstrumentException> attemptFailed, CancellationToken cancellation);
}

/// <summary>Makes links for one scheme of connection string (tcp, serial, sim).</summary>
public interface IInstrumentFactory
{
    string Scheme { get; }

    /// <exception cref="InstrumentException">The address does not fit the scheme or the profile.</exception>
    IInstrumentLink CreateLink(InstrumentAddress address, IClock clock);
}
