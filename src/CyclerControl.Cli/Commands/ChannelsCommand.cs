using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Composition;
using CyclerControl.Cli.Output;
using CyclerControl.Core.Channels;

namespace CyclerControl.Cli.Commands;

/// <summary>`cycler channels`: what a station has, by its profiles; opens nothing.</summary>
public sealed class ChannelsCommand : CyclerCommand
{
    public override IReadOnlyList<string> Examples { get; } = ["cycler channels", "cycler channels --station hardware-profiles/stations/glovebox-2.yaml --json"];

    internal override Command Build()
    {
        var station = CommonOptions.Station();
        var seed = CommonOptions.Seed();
        var json = CommonOptions.Json();
        var command = new Command("channels", "List the channels of a station and what they can do; no instrument is opened.") { station, seed, json };
        command.SetAction(parsed => List(new StationChoice(parsed.GetValue(station), parsed.GetValue(seed), "max", false, null), parsed.GetValue(json)));
        return WithExamples(command);
    }

    private static int List(StationChoice choice, bool json)
    {
        using var station = StationComposer.Compose(choice);
        var channels = station.Links.Channels.Select(c => (Id: c, Instrument: station.Links.InstrumentOf(c)!)).ToList();
        if (json)
        {
            StandardStreams.Line(JsonSerializer.Serialize(channels.Select(c => new
            {
                channel = c.Id.ToString(),
                profile = c.Instrument.Link.Address.Profile,
                max_current_a = c.Instrument.Link.Capabilities.MaxAmperes,
                min_voltage_v = c.Instrument.Link.Capabilities.MinVolts,
                max_voltage_v = c.Instrument.Link.Capabilities.MaxVolts,
                fastest_sampling_s = c.Instrument.Link.Capabilities.FastestSampling.TotalSeconds,
                watchdog_s = c.Instrument.Link.Capabilities.WatchdogTimeout?.TotalSeconds,
                watched_only = c.Instrument.Link.Capabilities.IsWatched,
                abort_latency_s = AbortSeconds(c.Instrument.Link.Capabilities),
                stop_latency_s = StopSeconds(c.Instrument.Link.Capabilities),
                abort_connection = c.Instrument.Link.Capabilities.HasAbortConnection,
                buffered_sampling_s = c.Instrument.Link.Capabilities.Buffered?.Fastest.TotalSeconds,
                simulated_cell = c.Instrument.SimulatedCells.GetValueOrDefault(c.Id.Number)?.Note,
            })));
            return ExitCode.Planned;
        }

        foreach (var (id, instrument) in channels)
        {
            var can = instrument.Link.Capabilities;
            var watchdog = instrument.Link is { IsSimulated: true, Capabilities.WatchdogTimeout: null } ? Safeguards.OfModel : Safeguards.Watchdog(can);
            var buffer = can.Buffered is { } buffered
                ? string.Create(CultureInfo.InvariantCulture, $" ({buffered.Fastest.TotalMilliseconds:0.###} ms from its buffer)")
                : "";
            var cell = instrument.SimulatedCells.GetValueOrDefault(id.Number) is { } note ? $"  [{note.Note}]" : "";
            StandardStreams.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"{id,-10} {instrument.Link.Address.Profile,-18} {can.MinVolts:0.#} to {can.MaxVolts:0.#} V, {can.MaxAmperes * 1000:0.###} mA, every {can.FastestSampling.TotalMilliseconds:0.###} ms{buffer}, {watchdog}, {Safeguards.Abort(can)}, {Safeguards.Stop(can)}{cell}"));
        }

        return ExitCode.Planned;
    }

    /// <summary>Null where nothing can be switched off from here.</summary>
    private static double? AbortSeconds(ChannelCapabilities can) => can.IsWatched ? null : can.AbortLatency.TotalSeconds;

    private static double? StopSeconds(ChannelCapabilities can) => can.IsWatched ? null : (can.StopLatency ?? can.AbortLatency).TotalSeconds;
}
