using CyclerControl.Core.Channels;
using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.InProcess;

/// <summary>The way to simulated channels in this process. The cells live as long as the link: closing and opening it changes nothing in them.</summary>
public sealed class SimulatedInstrumentLink : IInstrumentLink, IDisposable
{
    private readonly TruthLog? _truth;

    internal SimulatedInstrumentLink(InstrumentAddress address, SimulatedCyclerOptions options)
    {
        Address = address;
        var cells = SimulatedCells.Make(options);
        _truth = options.TruthPath is { } path ? TruthLog.ToFile(path) : null;
        var model = options.Noise is { } noise ? options.Profile.Model with { Noise = noise } : options.Profile.Model;
        Cycler = new SimulatedCycler(options.Clock, cells, model, options.Profile.SerialNumber, _truth);
        ChannelNumbers = [.. Cycler.Channels.Select(channel => channel.Number)];
        Capabilities = new ChannelCapabilities(
            -model.MaxVolts,
            model.MaxVolts,
            VoltageOffsetVolts: 0.2e-3,
            [.. model.CurrentRangesAmperes.Select(Range)],
            TimeSpan.FromMilliseconds(1),
            RestBehaviour.Open,
            WatchdogTimeout: null,
            AbortLatency: TimeSpan.FromMilliseconds(1));
    }

    public InstrumentAddress Address { get; }

    public bool IsSimulated => true;

    public IReadOnlyList<int> ChannelNumbers { get; }

    public ChannelCapabilities Capabilities { get; }

    public TimeSpan ReplyTimeout => TimeSpan.FromSeconds(1);

    /// <summary>The instrument behind it, with the truth of its cells.</summary>
    public SimulatedCycler Cycler { get; }

    public IInstrument Open() => new SimulatedInstrument(this);

    public Task<IInstrument> OpenWithRetryAsync(Action<InstrumentException> attemptFailed, CancellationToken cancellation) =>
        Task.FromResult(Open());

    public void Dispose()
    {
        Cycler.BringUpToNow();
        _truth?.Dispose();
    }

    private static CurrentRange Range(double maximum) => new(
        maximum >= 1e-3 ? FormattableString.Invariant($"{maximum * 1e3:0.###} mA") : FormattableString.Invariant($"{maximum * 1e6:0.###} uA"),
        maximum,
        maximum * 1e-5,
        GainFraction: 2e-4,
        OffsetAmperes: 2e-4 * maximum);
}
