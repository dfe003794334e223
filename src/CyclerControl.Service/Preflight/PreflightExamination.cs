using System.Globalization;
using CyclerControl.Acquisition.Links;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Protocols;
using CyclerControl.Recording;
using CyclerControl.Recording.Catalogue;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Reading;
using CyclerControl.Service.Runs;
using CyclerControl.Service.Stations;

namespace CyclerControl.Service.Preflight;

/// <summary>Gathers what is to be known before a start. Writes nothing to the channel; reads it with the output off, and only when it has no run.</summary>
internal sealed class PreflightExamination(StationHost station, DataFolder data, RunCatalogue catalogue, TimeProvider time)
{
    /// <summary>One reading may be a spike: the middle one counts.</summary>
    private const int Readings = 3;

    /// <summary>Length of the time in a run id.</summary>
    private const string RunIdTime = "yyyyMMdd'-'HHmmss";

    /// <exception cref="InstrumentException">The instrument cannot be reached.</exception>
    public async Task<PreflightReport> ExamineAsync(RunOrder order)
    {
        var link = station.LinkOf(order.Channel);
        var instrument = station.Station.InstrumentOf(order.Channel)!;
        var identity = await link.WhenOpenAsync();
        var state = link.Snapshot(order.Channel).State;
        var schedule = instrument.Link.Compiler?.Compile(order.Program);
        var (volts, unread) = await ReadAsync(link, order.Channel, schedule?.Schedule);
        var runs = catalogue.Runs;
        return PreflightChecks.Judge(new PreflightFacts
        {
            Channel = order.Channel,
            State = state,
            Program = order.Program,
            Capabilities = instrument.Link.Capabilities,
            Preview = ProtocolPreview.Of(order.Program),
            IsSimulated = instrument.Link.IsSimulated,
            Identity = identity,
            Earlier = instrument.Link.IsSimulated ? null : Earlier(runs, order.Channel.Instrument),
            OpenCircuitVolts = volts,
            Unread = unread?.Reason,
            CannotRead = unread is { CannotRead: true },
            NotReady = unread is { NotReady: true } ? unread.Reason : null,
            DataFolder = data.Path,
            FreeBytes = new DriveInfo(data.Path).AvailableFreeSpace,
            IsRealTime = station.Station.Clock.Kind == ClockKind.Wall,
            NowUtc = time.GetUtcNow(),
            NewestRunUtc = runs is [.., var newest] ? StartOf(newest.RunId) : null,
            CompilerWarnings = order.Warnings,
            Schedule = schedule,
        });
    }

    private static async Task<(double? Volts, IdleReading? Unread)> ReadAsync(LinkHost link, ChannelId channel, CompiledSchedule? schedule)
    {
        var volts = new List<double>();
        for (var i = 0; i < Readings; i++)
        {
            var answer = await (i == 0 ? link.ReadIdleBeforeStartAsync(channel, schedule) : link.ReadIdleAsync(channel));
            if (answer.Reading is not { } reading)
            {
                return (null, answer);
            }

            volts.Add(reading.Volts);
        }

        volts.Sort();
        return (volts[Readings / 2], null);
    }

    /// <summary>The newest run on the instrument that can be read.</summary>
    private static EarlierRun? Earlier(IReadOnlyList<CatalogueEntry> runs, string instrument)
    {
        if (runs.LastOrDefault(r => ChannelId.TryParse(r.Channel, out var id) && id.Instrument == instrument) is not { } run)
        {
            return null;
        }

        try
        {
            using var reader = RunFileReader.Open(run.Path);
            return reader.Header.InstrumentIdentity is { } identity ? new EarlierRun(run.RunId, identity) : null;
        }
        catch (RecordingException)
        {
            return null;
        }
    }

    private static DateTimeOffset? StartOf(string runId) =>
        runId.Length >= 15 && DateTimeOffset.TryParseExact(runId.AsSpan(0, 15), RunIdTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start)
            ? start
            : null;
}
