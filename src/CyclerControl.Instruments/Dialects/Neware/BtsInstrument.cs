using System.Collections.Immutable;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.Neware.Messages;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Stations;

namespace CyclerControl.Instruments.Dialects.Neware;

/// <summary>One unit of channels behind a BTS program. It runs by itself: nothing is written when it is opened, and nothing when it is closed.</summary>
internal sealed class BtsInstrument : IInstrument
{
    private readonly BtsSession _session;
    private readonly NewareAddress _address;
    private readonly HardwareProfile _profile;
    private readonly BtsChannel[] _channels;
    private readonly BtsLiveView _live;

    /// <param name="executions">By place of the channel; kept by the link from connection to connection.</param>
    public BtsInstrument(HardwareProfile profile, NewareAddress address, BtsSession session, IReadOnlyList<BtsExecution> executions)
    {
        _session = session;
        _address = address;
        _profile = profile;
        var pages = new BtsPages(session);
        _live = new BtsLiveView(session, profile.ChannelCount);
        var share = new BtsShare(address.SharePath, address.BtsPath);
        _channels = [.. profile.ChannelNumbers.Select((number, index) => new BtsChannel(
            new ChannelId(session.Instrument, number), profile.Capabilities, session, pages, _live, share, executions[index]))];
    }

    public string Name => _session.Instrument;

    public InstrumentIdentity Identity { get; private set; } = new("Neware", "BTS", null, null);

    public IReadOnlyList<IInstrumentChannel> Channels => _channels;

    /// <summary>Reads what is there, and finds our unit in it. Nothing is written: channels may be running, ours or others'.</summary>
    public bool Initialize(InstrumentIdentity? expected)
    {
        var info = Ask();
        var unit = Find(info);
        foreach (var channel in _channels)
        {
            channel.Place = unit with { Channel = channel.Id.Number };
            if (!info.Channels.Any(there => there.UnitName == unit.UnitName && there.Channel == channel.Id.Number))
            {
                throw Wrong($"unit {unit.UnitName} has no channel {channel.Id.Number}, and profile {_profile.Name} has {_profile.ChannelCount}; take a profile with fewer channels");
            }
        }

        _live.Places = [.. _channels.Select(channel => channel.Place!)];
        Identity = new InstrumentIdentity("Neware", "BTS", unit.UnitName, info.Client);
        return expected is null || expected.SerialNumber == Identity.SerialNumber
            ? false
            : throw Wrong($"unit {Identity.SerialNumber} answers, where {expected.SerialNumber} was");
    }

    /// <summary>Nothing: its channels go on under their own limits.</summary>
    public void SafeState()
    {
    }

    public void KeepAlive() => _ = Ask();

    public bool TryReadAll(ReadOnlySpan<int> channels, Span<Reading> readings)
    {
        for (var i = 0; i < channels.Length; i++)
        {
            readings[i] = _channels[channels[i] - _profile.FirstChannel].Read();
        }

        return true;
    }

    public IReadOnlyList<string> LastExchanges() => _session.LastExchanges();

    public void Dispose() => _session.Dispose();

    private BtsDeviceInfo Ask()
    {
        var reply = _session.Exchange(BtsRequests.DeviceInfo());
        try
        {
            return BtsReplies.DeviceInfo(reply);
        }
        catch (FormatException wrong)
        {
            throw _session.Garbled($"expected a list of channels: {wrong.Message}", reply, null);
        }
    }

    private BtsPlace Find(BtsDeviceInfo info)
    {
        var units = info.Channels.GroupBy(channel => channel.UnitName).ToImmutableArray();
        var fitting = units.Where(unit => _address.Fits(unit.First())).ToImmutableArray();
        var there = units.IsEmpty
            ? "the BTS program has no hardware: is the middle machine on, does the program show the channels?"
            : "there are " + string.Join(", ", units.Select(unit =>
                FormattableString.Invariant($"devtype={unit.First().DeviceType}&devid={unit.First().DeviceId}&unit={unit.First().Unit} ({unit.Count()} channels)")));
        return fitting switch
        {
            [var only] => only.First(),
            [] => throw Wrong($"the unit is not there; {there}"),
            _ => throw Wrong($"several units fit; {there}: say in the station file which one is meant"),
        };
    }

    private WrongInstrumentException Wrong(string what) =>
        new($"{Name} ({_address.Host}:{_address.Port}): {what}. Nothing was written") { Instrument = Name, LastExchanges = _session.LastExchanges() };
}
