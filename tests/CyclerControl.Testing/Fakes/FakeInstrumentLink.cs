using CyclerControl.Core.Channels;

namespace CyclerControl.Testing.Fakes;

/// <summary>An in-memory instrument: everything of the link contract, and no wire.</summary>
public sealed class FakeInstrumentLink : IInstrumentLink
{
    public static readonly ChannelCapabilities DefaultCapabilities = new(
        -10, 10, 1e-4, [new CurrentRange("1 A", 1, 1e-6, 1e-4, 1e-6)], TimeSpan.FromMilliseconds(1), RestBehaviour.Open, null, TimeSpan.FromMilliseconds(10));

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(1);

    public FakeInstrumentLink(IClock clock, int channels = 1, ChannelCapabilities? capabilities = null, string name = "demo")
    {
        Capabilities = capabilities ?? DefaultCapabilities;
        Address = new InstrumentAddress(name, "fake", new Uri("fake://" + name));
        ChannelNumbers = [.. Enumerable.Range(1, channels)];
        Cells = [.. ChannelNumbers.Select(n => new FakeChannel(new ChannelId(name, n), Capabilities, clock, Wire))];
    }

    public InstrumentAddress Address { get; }

    public bool IsSimulated { get; init; } = true;

    public IReadOnlyList<int> ChannelNumbers { get; }

    public ChannelCapabilities Capabilities { get; }

    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(1);

    public FakeWire Wire { get; } = new();

    public IReadOnlyList<FakeChannel> Cells { get; }

    /// <summary>Makes this a schedule instrument with one channel.</summary>
    public FakeScheduledChannel? Scheduled { get; set; }

    public IScheduleCompiler? Compiler => Scheduled;

    public InstrumentIdentity Identity { get; set; } = new("Fake", "F1", "1", "0");

    /// <summary>How long the record of any channel is running already; null: there is none.</summary>
    public TimeSpan? Age { get; set; } = TimeSpan.Zero;

    public TimeSpan RecordAge(int channel) => Age ?? throw new InstrumentErrorException("there is no record");

    public bool ReadsAll { get; set; }

    public bool WasPoweredOn { get; set; }

    /// <summary>Asked at each attempt to connect; what it returns is the reason why it fails.</summary>
    public Func<InstrumentUnreachableException?>? Refuses { get; set; }

    public int Opened { get; private set; }

    public FakeChannel this[int number] => Cells[number - 1];

    /// <summary>What the second connection is told; asked with the channel's number.</summary>
    public Action<int>? AbortLine { get; set; }

    public Action? AbortLineOpened { get; set; }

    public Action? AbortLineClosed { get; set; }

    public IAbortLine? OpenAbortLine(InstrumentIdentity expected)
    {
        if (AbortLine is not { } told)
        {
            return null;
        }

        AbortLineOpened?.Invoke();
        return new FakeAbortLine(told, AbortLineClosed);
    }

    public IInstrument Open()
    {
        if (Refuses?.Invoke() is { } failure)
        {
            throw failure;
        }

        Opened++;
        return new FakeInstrument(this);
    }

    /// <summary>Attempts follow each other with next to no pause; with none at all they would fill the mailbox before the loop can read it.</summary>
    public async Task<IInstrument> OpenWithRetryAsync(Action<InstrumentException> attemptFailed, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return Open();
            }
            catch (InstrumentUnreachableException failure)
            {
                attemptFailed(failure);
                await Task.Delay(s_pause, TimeProvider.System, cancellation);
            }
        }
    }
}
