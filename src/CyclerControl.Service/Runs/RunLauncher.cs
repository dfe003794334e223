using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Catalogue;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Writing;
using CyclerControl.Service.Preflight;
using CyclerControl.Service.Stations;

namespace CyclerControl.Service.Runs;

/// <summary>Wires link, engine, detector and recorder into one run.</summary>
public sealed class RunLauncher(StationHost station, DataFolder data, RecorderHost recorders, RunCatalogue catalogue, TimeProvider time)
{
    /// <summary>A runner keeps the state of a run this often where its rows are rarer, s.</summary>
    private const double StateKeptEverySeconds = 1;

    private readonly PreflightExamination _preflight = new(station, data, catalogue, time);

    /// <summary>Version that goes into every run file.</summary>
    public static string SoftwareVersion { get; } =
        typeof(RunLauncher).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Waits until the instrument is open and safe, and looks at everything that a start would look at. Starts nothing.</summary>
    /// <exception cref="InstrumentException">It cannot be reached, or is not the expected one.</exception>
    /// <exception cref="InvalidOperationException">The channel does not belong to the station.</exception>
    public Task<PreflightReport> PreflightAsync(RunOrder order) => _preflight.ExamineAsync(order);

    /// <summary>Waits until the instrument is open and safe, looks whether the run may start, and starts it.</summary>
    /// <param name="begun">Called on the link's thread when the recording is open, before anything is switched on.</param>
    /// <exception cref="InstrumentException">It cannot be reached, or is not the expected one.</exception>
    /// <exception cref="InvalidOperationException">The channel does not belong to the station.</exception>
    public async Task<RunSession> StartAsync(RunOrder order, Action<RunSession>? begun = null)
    {
        var link = station.LinkOf(order.Channel);
        var preflight = await _preflight.ExamineAsync(order);
        var session = new RunSession(() => link.Snapshot(order.Channel), () => link.End(order.Channel), link.Timing, preflight);
        if (preflight.Refusal(order.OverrideReason) is { } refusal)
        {
            session.Conclude(Task.FromResult(new RunConclusion(refusal, null, null)));
            return session;
        }

        var recording = new RunRecordingSlot();
        var request = new StartRunRequest
        {
            Channel = order.Channel,
            Program = order.Program,
            EndOnPause = order.EndOnPause,
            CreateRecorder = origin =>
            {
                var random = new Random(RandomNumberGenerator.GetInt32(int.MaxValue));
                var folder = data.CreateRun(order.Channel, time, random);
                var header = Header(order, folder.RunId, origin);
                var recorder = recording.Open(folder, header, () => recorders.Open(folder, header, Options(order.Program)));
                catalogue.Add(header);
                foreach (var remark in preflight.Events(order.OverrideReason))
                {
                    recorder.Append(remark);
                }

                session.BeginIn(folder.Path, begun);

                return recorder;
            },
        };
        session.Conclude(ConcludeAsync(link.StartRunAsync(request), recording));
        return session;
    }

    /// <summary>Takes an interrupted run up in its own file, which belongs to the session from here on. Does not wait for the instrument.</summary>
    /// <exception cref="Recording.RecordingException">The file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The channel does not belong to the station.</exception>
    public (RunSession Session, RestoredRun Restored) Resume(UnfinishedRun run, RunProgram program, RestoredProgress progress)
    {
        var channel = ChannelId.TryParse(run.Header.ChannelId, out var id) ? id : throw new InvalidOperationException($"'{run.Header.ChannelId}' is no channel");
        var link = station.LinkOf(channel);
        var session = new RunSession(() => link.Snapshot(channel), () => link.End(channel), link.Timing, new PreflightReport([]));
        var recording = new RunRecordingSlot();
        var recorder = recording.Open(run.Folder, run.Header, () => recorders.Resume(run.Folder, Options(program)));
        session.BeginIn(run.Folder.Path);
        var restored = new RestoredRun
        {
            State = progress.State,
            AsOfNanoseconds = progress.AsOfNanoseconds,
            StartedUtc = run.Header.StartedUtc,
            Recorder = recorder,
            Instrument = run.Header.InstrumentIdentity,
            VoltsBeforeLeg = run.VoltsBeforeLeg,
            Ticket = run.Ticket,
            Bursts = run.Bursts,
            PauseReason = run.PauseReason,
            CommitSeconds = (recorders.Pace.IntervalNanoseconds * 1e-9) + StateKeptEverySeconds,
        };
        var request = new StartRunRequest { Channel = channel, Program = program, CreateRecorder = _ => recorder, Restored = restored };
        session.Conclude(ConcludeAsync(link.StartRunAsync(request), recording, isInterrupted: true));
        return (session, restored);
    }

    /// <param name="isInterrupted">A run that was begun before: when it is not taken up now, it stays unfinished.</param>
    private async Task<RunConclusion> ConcludeAsync(Task<RunResult> run, RunRecordingSlot recording, bool isInterrupted = false)
    {
        using (recording)
        {
            var result = await run;
            if (recording.Recorder is not { } recorder || result is { Ending: null, Refusal: null } || (isInterrupted && result.Ending is null))
            {
                return new RunConclusion(result.Refusal, result.Ending, null);
            }

            // A start that was refused after its recording had been opened is a run that ended before it began.
            var ending = result.Ending ?? new RunEnding(RunOutcome.Faulted, 0, result.Refusal ?? "the start was refused", null);
            var closed = recorder.Finish(ending);
            catalogue.SetEnding(recording.Header!, ending);
            return new RunConclusion(result.Refusal, result.Ending, closed ? null : recorder.Status.Failure ?? "the recording could not be closed");
        }
    }

    private RunHeader Header(RunOrder order, string runId, RunOrigin origin)
    {
        var instrument = station.Station.InstrumentOf(order.Channel)!;
        var simulated = instrument.SimulatedCells.GetValueOrDefault(order.Channel.Number);
        var clock = station.Station.Clock;
        return new RunHeader
        {
            RunId = runId,
            ChannelId = order.Channel.ToString(),
            StartedUtc = clock.Origin + TimeSpan.FromTicks(clock.NowNanoseconds / 100) - origin.Age,
            Simulated = instrument.Link.IsSimulated || simulated is not null,
            ProtocolName = order.Program.ProtocolName,
            ProtocolVersion = order.Program.ProtocolVersion,
            Measure = order.Program.Measure,
            ProtocolText = order.ProtocolText,
            ProtocolSha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(order.ProtocolText))),
            Parameters = order.Parameters,
            Cell = order.Program.Cell,
            DetectionSettings = DetectionSettingsTable.Of(order.Program.ShortCircuit.Detection),
            Operator = order.Operator,
            InstrumentIdentity = origin.Instrument.ToString(),
            Profile = instrument.Link.Address.Profile,
            ProfileText = instrument.ProfileText,
            SoftwareVersion = SoftwareVersion,
            SimulationNote = simulated?.Note,
            ResumeWithinSeconds = order.EndOnPause ? null : order.Program.OnRestart.ResumeWithinSeconds,
        };
    }

    private RecorderOptions Options(RunProgram program) => new()
    {
        Clock = station.Station.Clock.Kind,
        RowsPerSecond = program.Nodes.OfType<StepNode>().Max(s => RowsPerSecond(s.Record, s.SampleEverySeconds)),
    };

    /// <summary>The most that a record rule can ask for: a change may be seen in every sample.</summary>
    private static double RowsPerSecond(RecordRule rule, double sampleEverySeconds)
    {
        var everySample = 1 / sampleEverySeconds;
        return rule.OnChangeVolts is not null || rule.OnChangeAmperes is not null
            ? everySample
            : Math.Min(everySample, Math.Max(1 / (rule.EverySeconds ?? double.PositiveInfinity), 1 / (rule.AfterChangeEverySeconds ?? double.PositiveInfinity)));
    }
}
