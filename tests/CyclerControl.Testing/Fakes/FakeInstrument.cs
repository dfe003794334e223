using CyclerControl.Core.Channels;

namespace CyclerControl.Testing.Fakes;

/// <summary>A connection to the channels of a <see cref="FakeInstrumentLink"/>: they stay when it is closed and opened again.</summary>
public sealed class FakeInstrument(FakeInstrumentLink link) : IInstrument
{
    private static readonly InstrumentIdentity s_unknown = new("?", "?", null, null);

    public string Name => link.Address.Name;

    public InstrumentIdentity Identity { get; private set; } = s_unknown;

    public IReadOnlyList<IInstrumentChannel> Channels => link.Scheduled is { } scheduled ? [scheduled] : link.Cells;

    public bool IsDisposed { get; private set; }

    public bool Initialize(InstrumentIdentity? expected)
    {
        link.Wire.Exchange("identify");
        if (expected is not null && expected != link.Identity)
        {
            throw new WrongInstrumentException($"{link.Identity} answers where {expected} was");
        }

        Identity = link.Identity;
        var poweredOn = link.WasPoweredOn;
        link.WasPoweredOn = false;
        return poweredOn;
    }

    public void SafeState()
    {
        link.Wire.Exchange("safe");
        foreach (var cell in link.Cells)
        {
            cell.SwitchOff();
        }
    }

    public void KeepAlive() => link.Wire.Exchange("keepalive");

    public bool TryReadAll(ReadOnlySpan<int> channels, Span<Reading> readings)
    {
        if (!link.ReadsAll)
        {
            return false;
        }

        if (link.Wire.KeepsJournal)
        {
            link.Wire.Exchange("read " + string.Join(',', channels.ToArray()));
        }

        for (var i = 0; i < channels.Length; i++)
        {
            readings[i] = link[channels[i]].Measure();
        }

        return true;
    }

    public IReadOnlyList<string> LastExchanges() => [.. link.Wire.Journal.TakeLast(8)];

    public void Dispose()
    {
        if (!IsDisposed)
        {
            link.Wire.Note("close");
            IsDisposed = true;
        }
    }
}
