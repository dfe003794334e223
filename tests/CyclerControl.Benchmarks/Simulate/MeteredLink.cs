using CyclerControl.Core.Channels;

namespace CyclerControl.Benchmarks.Simulate;

/// <summary>A link whose first channel passes a <see cref="LinkMeter"/> at each reading; everything else is the link's own.</summary>
internal sealed class MeteredLink(IInstrumentLink link, LinkMeter meter) : IInstrumentLink
{
    public InstrumentAddress Address => link.Address;

    public bool IsSimulated => link.IsSimulated;

    public IReadOnlyList<int> ChannelNumbers => link.ChannelNumbers;

    public ChannelCapabilities Capabilities => link.Capabilities;

    public TimeSpan ReplyTimeout => link.ReplyTimeout;

    public IInstrument Open() => new MeteredInstrument(link.Open(), meter);

    public async Task<IInstrument> OpenWithRetryAsync(Action<InstrumentException> attemptFailed, CancellationToken cancellation) =>
        new MeteredInstrument(await link.OpenWithRetryAsync(attemptFailed, cancellation), meter);

    private sealed class MeteredInstrument(IInstrument instrument, LinkMeter meter) : IInstrument
    {
        public string Name => instrument.Name;

        public InstrumentIdentity Identity => instrument.Identity;

        public IReadOnlyList<IInstrumentChannel> Channels { get; } = [.. instrument.Channels.Select(c => new MeteredChannel((ISetpointChannel)c, meter))];

        public bool Initialize(InstrumentIdentity? expected) => instrument.Initialize(expected);

        public void SafeState() => instrument.SafeState();

        public void KeepAlive() => instrument.KeepAlive();

        public bool TryReadAll(ReadOnlySpan<int> channels, Span<Reading> readings) => instrument.TryReadAll(channels, readings);

        public IReadOnlyList<string> LastExchanges() => instrument.LastExchanges();

        public void Dispose() => instrument.Dispose();
    }

    /// <summary>Meters the readings of a run, not those before it.</summary>
    private sealed class MeteredChannel(ISetpointChannel channel, LinkMeter meter) : ISetpointChannel
    {
        private bool _hasRun;

        public ChannelId Id => channel.Id;

        public ChannelCapabilities Capabilities => channel.Capabilities;

        public void Prepare()
        {
            _hasRun = true;
            channel.Prepare();
        }

        public void Apply(in Setpoint setpoint) => channel.Apply(setpoint);

        public Reading Read()
        {
            if (_hasRun)
            {
                meter.Tick();
            }

            return channel.Read();
        }

        public void OutputOff() => channel.OutputOff();

        public void Release()
        {
            _hasRun = false;
            channel.Release();
        }
    }
}
