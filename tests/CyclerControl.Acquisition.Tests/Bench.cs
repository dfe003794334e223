using CyclerControl.Acquisition.Links;
using CyclerControl.Acquisition.Mailboxes;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Acquisition.Tests;

/// <summary>A link's loop on a clock that the test moves, one turn after the other, without any thread.</summary>
internal sealed class Bench : ILinkOpener
{
    private readonly SnapshotCell[] _cells;
    private long _ticket;
    private int? _wanted;

    public Bench(int channels = 1, ChannelCapabilities? capabilities = null, LinkOptions? options = null, ClockKind clock = ClockKind.Wall)
    {
        Clock = new ManualClock(clock);
        Link = new FakeInstrumentLink(Clock, channels, capabilities);
        Options = options ?? new LinkOptions { BurstAfter = TimeSpan.Zero };
        _cells = [.. Link.ChannelNumbers.Select(n => new SnapshotCell(new ChannelId("demo", n)))];
        Gate.BeginNext();
        Loop = new LinkLoop(
            new LinkSetting(Link, Clock, Options, Observer, Gate), new LinkGeneration(1, Heartbeat, OrphanedRuns.None, null), Mailbox, this, _cells);
    }

    public ManualClock Clock { get; }

    public FakeInstrumentLink Link { get; }

    public LinkOptions Options { get; }

    public GenerationGate Gate { get; } = new();

    public Heartbeat Heartbeat { get; } = new();

    public RecordingObserver Observer { get; } = new();

    public Mailbox<LinkMessage> Mailbox { get; } = new(64);

    public LinkLoop Loop { get; }

    public FakeWire Wire => Link.Wire;

    /// <summary>The link cannot be reached until this is false again.</summary>
    public bool IsUnreachable { get; set; }

    public long Deadline { get; private set; }

    public void BeginOpen(int attempt) => _wanted = attempt;

    public void Cancel() => _wanted = null;

    public ChannelSnapshot Snapshot(int channel = 1) => _cells[channel - 1].Read();

    public Bench Turn()
    {
        Deadline = Loop.Turn();
        if (_wanted is { } attempt && !IsUnreachable)
        {
            _wanted = null;
            Mailbox.TryPost(new OpenedMessage(attempt, Link.Open()));
            Deadline = Loop.Turn();
        }

        return this;
    }

    /// <summary>Turn after turn, each at its deadline, until the time is reached.</summary>
    public Bench RunTo(double seconds)
    {
        var end = (long)Math.Round(seconds * 1e9);
        Turn();
        while (Deadline <= end)
        {
            Clock.NowNanoseconds = Math.Max(Deadline, Clock.NowNanoseconds);
            Turn();
        }

        Clock.NowNanoseconds = end;
        return this;
    }

    public TestRun Start(RunProgram program, int channel = 1, bool endOnPause = false, FakeRecorder? recorder = null, TimeSpan recordAge = default)
    {
        recorder ??= new FakeRecorder(Wire);
        var completion = new RunCompletion();
        var request = new StartRunRequest
        {
            Channel = new ChannelId("demo", channel),
            Program = program,
            CreateRecorder = _ => recorder,
            EndOnPause = endOnPause,
            RecordAge = recordAge,
            Schedule = Link.Compiler?.Compile(program).Schedule,
        };
        Mailbox.TryPost(new StartMessage(channel - 1, request, recorder, completion) { Ticket = ++_ticket });
        return new TestRun(recorder, completion);
    }

    /// <summary>Another process takes the run up from what its recorder holds.</summary>
    /// <param name="stood">What was durable.</param>
    /// <param name="startedSecondsAgo">Seconds on this bench's clock since the run's test time 0.</param>
    public (TestRun Run, RestoredRun Restored) Recover(RunProgram program, DurableProgress stood, double startedSecondsAgo, Func<RestoredRun, RestoredRun>? more = null)
    {
        var recorder = new FakeRecorder(Wire);
        var completion = new RunCompletion();
        var progress = RunRestore.Restore(program, stood);
        Assert.Null(progress.Problem);
        var restored = new RestoredRun
        {
            State = progress.State,
            AsOfNanoseconds = progress.AsOfNanoseconds,
            StartedUtc = Clock.Origin + TimeSpan.FromTicks(Clock.NowNanoseconds / 100) - TimeSpan.FromSeconds(startedSecondsAgo),
            Recorder = recorder,
            Instrument = Link.Identity.ToString(),
        };
        restored = more?.Invoke(restored) ?? restored;
        var request = new StartRunRequest
        {
            Channel = new ChannelId("demo", 1),
            Program = program,
            CreateRecorder = _ => throw new InvalidOperationException("it has a recorder"),
            Restored = restored,
            Schedule = Link.Compiler?.Compile(program).Schedule,
        };
        Mailbox.TryPost(new StartMessage(0, request, recorder, completion) { Ticket = ++_ticket });
        return (new TestRun(recorder, completion), restored);
    }

    public void Wish(WishKind kind, int channel = 1)
    {
        var wish = new WishMessage(channel - 1, kind) { Ticket = ++_ticket };
        if (kind is WishKind.Stop or WishKind.End)
        {
            Mailbox.PostEmergency(wish);
        }
        else
        {
            Mailbox.TryPost(wish);
        }
    }
}

/// <summary>A run as a test sees it.</summary>
internal sealed record TestRun(FakeRecorder Recorder, RunCompletion Completion)
{
    public RunResult? Result => Completion.Result.IsCompleted ? Completion.Result.GetAwaiter().GetResult() : null;

    public RunEnding? Ending => Result?.Ending;

    public IEnumerable<string> EventKinds => Recorder.Events.Select(e => e.Kind);
}

/// <summary>Remembers what it was told.</summary>
internal sealed class RecordingObserver : ILinkObserver
{
    public List<string> Told { get; } = [];

    public void LinkOpened(string instrument, InstrumentIdentity identity) => Add($"opened {instrument}");

    public void LinkClosed(string instrument, string reason) => Add($"closed {instrument}: {reason}");

    public void OpenAttemptFailed(string instrument, string reason) => Add($"attempt {instrument}: {reason}");

    public void ChannelChanged(ChannelId channel, ChannelState state) => Add($"{channel} {state}");

    public void Alarm(string place, string message) => Add($"alarm {place}: {message}");

    public void DeadlinesMissed(string instrument, long count) => Add($"missed {instrument} {count}");

    private void Add(string text)
    {
        lock (Told)
        {
            Told.Add(text);
        }
    }
}
