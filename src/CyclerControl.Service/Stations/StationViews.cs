using CyclerControl.Acquisition.Links;
using CyclerControl.Client.Stations;
using CyclerControl.Core.Channels;
using CyclerControl.Recording.Files;
using CyclerControl.Service.Recovery;
using CyclerControl.Service.Runs;

namespace CyclerControl.Service.Stations;

/// <summary>The station as people see it.</summary>
public sealed class StationViews(StationHost host, StationWatch watch, DataFolder data, StationRecovery recovery, TimeProvider time)
{
    private readonly DateTimeOffset _started = time.GetUtcNow();

    public StationStatus Station => new()
    {
        Name = host.Station.Name,
        Clock = host.Station.Clock.Kind.ToString().ToLowerInvariant(),
        SoftwareVersion = RunLauncher.SoftwareVersion,
        DataFolder = data.Path,
        StartedUtc = _started,
        Instruments = [.. host.Station.Instruments.Select(Of)],
        Recovered = [.. recovery.Outcomes.Select(r => new RecoveredRunStatus(r.RunId, r.Channel, r.Action.ToString().ToLowerInvariant(), r.Reason))],
    };

    private InstrumentStatus Of(StationInstrument instrument)
    {
        var address = instrument.Link.Address;
        var link = host.LinkOf(new ChannelId(address.Name, instrument.Link.ChannelNumbers[0]));
        return new InstrumentStatus
        {
            Name = address.Name,
            Profile = address.Profile,
            Connect = address.Connect.ToString(),
            Simulated = instrument.Link.IsSimulated || instrument.SimulatedCells.Count > 0,
            Link = link.Snapshot(link.Channels[0]).Link.ToString().ToLowerInvariant(),
            Identity = watch.IdentityOf(address.Name)?.ToString(),
            Problem = watch.ProblemOf(address.Name),
            Generation = link.Generation,
            Watchdog = instrument.Link is { IsSimulated: true, Capabilities.WatchdogTimeout: null } ? Safeguards.OfModel : Safeguards.Watchdog(instrument.Link.Capabilities),
            Stop = Safeguards.Stop(instrument.Link.Capabilities),
            Lateness = LatenessOf(link),
        };
    }

    private static LatenessStatus? LatenessOf(LinkHost link) => link.Timing.Lateness.Figures() is { Deadlines: > 0 } beat
        ? new LatenessStatus(
            beat.Deadlines, beat.Missed, beat.P50Nanoseconds * 1e-3, beat.P99Nanoseconds * 1e-3, beat.P999Nanoseconds * 1e-3, beat.MaxNanoseconds * 1e-3)
        : null;
}
