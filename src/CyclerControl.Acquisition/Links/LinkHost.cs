using CyclerControl.Acquisition.Mailboxes;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Acquisition.Schedules;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Links;

/// <summary>
/// One instrument link with its thread: <c>while (!stop) { wait(deadline); deadline = loop.Turn(); }</c>. Everything here may be called from
/// any thread; nothing here touches a channel: wishes go through the mailbox, answers come as snapshots and tasks.
/// </summary>
public sealed partial class LinkHost : IAsyncDisposable
{
    /// <summary>Longest that the end of the run before is waited for: its last commit.</summary>
    private static readonly TimeSpan s_tailPatience = TimeSpan.FromSeconds(10);

    private readonly LinkSetting _setting;
    private readonly TimeProvider _time;
    private readonly Mailbox<LinkMessage> _mailbox;
    private readonly ChannelId[] _channels;
    private readonly SnapshotCell[] _cells;
    private readonly TaskCompletionSource?[] _reserved;
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _replacing = new();
    private readonly AbortThread? _abort;
    private long _ticket;
    private bool _started;

    /// <param name="link">Opened by <see cref="Start"/>.</param>
    /// <param name="clock">Anything but a wall clock is refused unless Simulation made the instrument in this process.</param>
    /// <param name="options">How to keep the beat.</param>
    /// <param name="observer">Told what happens; null: nobody.</param>
    /// <param name="time">Real time for the supervisor; null: the system's.</param>
    /// <exception cref="InvalidOperationException">A scaled or virtual clock for an instrument that may be real.</exception>
    public LinkHost(IInstrumentLink link, IClock clock, LinkOptions options, ILinkObserver? observer = null, TimeProvider? time = null)
    {
        if (clock.Kind != ClockKind.Wall && !link.IsSimulated)
        {
            throw new InvalidOperationException(
                $"instrument '{link.Address.Name}' may hold real cells: a {clock.Kind} clock is refused; use --speed with simulated stations only");
        }

        _setting = new LinkSetting(link, clock, options, observer ?? SilentLinkObserver.Instance, new GenerationGate()) { Closed = () => _abort?.Drop() };
        _time = time ?? TimeProvider.System;
        _mailbox = new Mailbox<LinkMessage>(options.MailboxCapacity);
        _channels = [.. link.ChannelNumbers.Select(n => new ChannelId(link.Address.Name, n))];
        _cells = [.. _channels.Select(id => new SnapshotCell(id))];
        _reserved = new TaskCompletionSource?[_cells.Length];

        // A simulated clock would not move while this thread waits: there the link's own thread does it all.
        _abort = link.Capabilities.HasAbortConnection && clock.Kind == ClockKind.Wall
            ? new AbortThread(link, _setting.Observer, () => _worker?.Loop.Identity, (channel, ticket) => _worker?.Loop.HasServed(channel, ticket) == true)
            : null;
    }

    /// <summary>Name of the instrument in the station.</summary>
    public string Name => _setting.Link.Address.Name;

    public IReadOnlyList<ChannelId> Channels => _channels;

    /// <summary>Generations of the loop so far: more than 1 means that the supervisor had to act.</summary>
    public int Generation => _setting.Gate.Present;

    /// <summary>How the link's thread keeps its beat.</summary>
    public LinkTiming Timing => _setting.Timing;

    /// <summary>Completes when the link has been shut down and its thread has ended.</summary>
    public Task Finished => _finished.Task;

    /// <summary>Starts the thread, which opens the link.</summary>
    /// <param name="latchOf">What a channel has not been acknowledged of since before this process; null: nothing on any.</param>
    public void Start(Func<ChannelId, ChannelLatch?>? latchOf = null)
    {
        lock (_replacing)
        {
            if (_started)
            {
                return;
            }

            _started = true;
            StartGeneration(OrphanedRuns.None, [.. _cells.Select(cell => Inherit(cell, latchOf))]);
            StartSupervision();
        }
    }

    /// <summary>The identity behind the port as soon as it is open and safe.</summary>
    /// <exception cref="InstrumentException">The next attempt to open failed, with its reason.</exception>
    public Task<InstrumentIdentity> WhenOpenAsync()
    {
        var answer = new TaskCompletionSource<InstrumentIdentity>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!TryPost(new AwaitOpenMessage(answer)))
        {
            answer.TrySetException(new InstrumentUnreachableException($"the link to {Name} takes no requests: shut down, or its mailbox is full"));
        }
        else if (_finished.Task.IsCompleted)
        {
            answer.TrySetException(new InstrumentUnreachableException($"the link to {Name} was shut down"));
        }

        return answer.Task;
    }

    /// <summary>
    /// One reading of a channel without a run, its output off: what is on its terminals. Never touches a channel that has a run, and never
    /// switches anything. What cannot be read is said, not thrown.
    /// </summary>
    public Task<IdleReading> ReadIdleAsync(ChannelId channel) => ReadIdleAsync(channel, beforeStart: false, null);

    /// <summary>As <see cref="ReadIdleAsync(ChannelId)"/>, of a channel that is to be started; a schedule instrument is asked first whether it would take that.</summary>
    /// <param name="schedule">What is to be started; null: none, or the instrument cannot run it.</param>
    public Task<IdleReading> ReadIdleBeforeStartAsync(ChannelId channel, CompiledSchedule? schedule) => ReadIdleAsync(channel, beforeStart: true, schedule);

    private async Task<IdleReading> ReadIdleAsync(ChannelId channel, bool beforeStart, CompiledSchedule? schedule)
    {
        if (!TryFind(channel, out var index))
        {
            return new IdleReading(null, $"there is no channel {channel}; {Name} has {string.Join(", ", Channels)}");
        }

        var answer = new TaskCompletionSource<IdleReading>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!TryPost(new ReadIdleMessage(index, answer, beforeStart, schedule)))
        {
            return new IdleReading(null, $"the link to {Name} takes no requests: shut down, or its mailbox is full");
        }

        await Task.WhenAny(answer.Task, _finished.Task);
        answer.TrySetResult(new IdleReading(null, $"the link to {Name} was shut down")); // Unless it has been answered, as it should.
        return await answer.Task;
    }

    /// <summary>Reserves the channel, opens the link, makes the start intent durable, runs, and completes when the last record is durable.</summary>
    public async Task<RunResult> StartRunAsync(StartRunRequest request)
    {
        if (!TryFind(request.Channel, out var index))
        {
            return new RunResult($"there is no channel {request.Channel}; {Name} has {string.Join(", ", Channels)}", null);
        }

        if (!TryReserve(index))
        {
            await FreeAsync(request.Channel, index);
            if (!TryReserve(index))
            {
                return new RunResult($"channel {request.Channel} is busy: end its run first", null);
            }
        }

        try
        {
            return await RunAsync(request, index);
        }
        finally
        {
            _reserved[index]!.TrySetResult();
            Volatile.Write(ref _reserved[index], null);
        }
    }

    private bool TryReserve(int index) =>
        Interlocked.CompareExchange(ref _reserved[index], new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null) is null;

    /// <summary>A run that is over may still fill its last burst or make its end durable: whoever wants the channel waits for that, and for no more.</summary>
    private async Task FreeAsync(ChannelId channel, int index)
    {
        var since = _time.GetTimestamp();
        while (Volatile.Read(ref _reserved[index]) is { } present && _time.GetElapsedTime(since) < s_tailPatience)
        {
            var snapshot = _cells[index].Read();
            if (snapshot.State is not (ChannelState.Idle or ChannelState.Finished))
            {
                return;
            }

            if (snapshot.InTail)
            {
                Wish(channel, WishKind.EndTail);
            }

            await Task.WhenAny(present.Task, _finished.Task, Task.Delay(s_lookEvery, _time));
        }
    }

    /// <summary>
    /// Output off at once, and hold: the run can be resumed at its exact charge, but on an instrument that runs by itself it is over. Never refused
    /// for lack of room.
    /// </summary>
    public bool Stop(ChannelId channel) => Wish(channel, WishKind.Stop);

    /// <summary>Ends the run: output off, recording closed. Never refused for lack of room.</summary>
    public bool End(ChannelId channel) => Wish(channel, WishKind.End);

    public bool Pause(ChannelId channel) => Wish(channel, WishKind.Pause);

    public bool Resume(ChannelId channel) => Wish(channel, WishKind.Resume);

    public bool SkipStep(ChannelId channel) => Wish(channel, WishKind.SkipStep);

    /// <summary>Clears a trip or a fault that an operator has seen.</summary>
    public bool Acknowledge(ChannelId channel) => Wish(channel, WishKind.Acknowledge);

    /// <summary>Latches a channel for something that was found in the records of a dead process; one that is latched already stays as it is.</summary>
    public bool Latch(ChannelId channel, ChannelLatch latch) =>
        TryFind(channel, out var index) && TryPost(new LatchMessage(index, latch) { Ticket = Interlocked.Increment(ref _ticket) });

    /// <summary>Stops what a dead process left on a schedule instrument, as soon as the link stands; nothing is written to a channel that runs something else.</summary>
    /// <param name="program">Of the run.</param>
    /// <param name="runId">Of the run.</param>
    /// <param name="ticket">How the instrument names the execution; null when that was not kept.</param>
    /// <returns>False where the instrument runs no schedules, or its mailbox is full.</returns>
    public bool StopLeft(ChannelId channel, RunProgram program, string runId, string? ticket) =>
        TryFind(channel, out var index) && !_setting.Link.Capabilities.IsWatched && _setting.Link.Compiler?.Compile(program).Schedule is { } schedule
        && TryPost(new StopLeftMessage(index, new LeftSchedule(schedule, runId, ticket)) { Ticket = Interlocked.Increment(ref _ticket) });

    /// <summary>An operator's remark, which goes into the run file of the channel's present run.</summary>
    /// <param name="touched">The cell was touched (screws, stack): the detector drops what it has learnt, and for ten minutes only a hard short ends the run.</param>
    public bool Note(ChannelId channel, string text, bool touched) =>
        TryFind(channel, out var index) && TryPost(new NoteMessage(index, text, touched) { Ticket = Interlocked.Increment(ref _ticket) });

    /// <exception cref="ArgumentOutOfRangeException">Not a channel of this link.</exception>
    public ChannelSnapshot Snapshot(ChannelId channel) => TryFind(channel, out var index)
        ? _cells[index].Read()
        : throw new ArgumentOutOfRangeException(nameof(channel), channel, $"not a channel of {Name}");

    /// <summary>Ends all runs, switches all outputs off, confirmed, and ends the thread.</summary>
    public async Task StopAsync()
    {
        lock (_replacing)
        {
            _isStopping = true;
            if (!_started)
            {
                _finished.TrySetResult();
            }
        }

        _mailbox.PostEmergency(new ShutdownMessage { Ticket = Interlocked.Increment(ref _ticket) });
        await _finished.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _abort?.Dispose();
        if (_supervision is not null)
        {
            await _supervision.DisposeAsync();
        }
    }

    private async Task<RunResult> RunAsync(StartRunRequest request, int index)
    {
        if (_setting.Link.Compiler is { } compiler)
        {
            var compilation = compiler.Compile(request.Program);
            if (compilation.Schedule is not { } schedule)
            {
                return new RunResult($"{Name} cannot run this protocol: " + string.Join("; ", compilation.Refusals), null);
            }

            request = request with { Schedule = schedule };
        }

        var ticket = Interlocked.Increment(ref _ticket);
        if (request.Restored is { } restored)
        {
            _ = WhenOpenAsync().ContinueWith(
                _ => _abort?.Prepare(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            var intent = new RunEvent(restored.AsOfNanoseconds, "recovering", "this program was restarted; the run was found unfinished");
            return await RunAsync(request, index, ticket, restored.Recorder, intent);
        }

        InstrumentIdentity identity;
        try
        {
            identity = await WhenOpenAsync();
            _abort?.Prepare();
        }
        catch (InstrumentException failure)
        {
            return new RunResult(null, new RunEnding(RunOutcome.Unreachable, 0, failure.Message, null));
        }

        try
        {
            request = request with { RecordAge = _setting.Link.RecordAge(request.Channel.Number) };
        }
        catch (InstrumentException refusal)
        {
            return new RunResult(refusal.Message, null);
        }

        var recorder = request.CreateRecorder(new RunOrigin(identity, request.RecordAge));
        return await RunAsync(
            request, index, ticket, recorder, new RunEvent(0, "start_intent", $"{request.Program.ProtocolName} is to start on {request.Channel}"));
    }

    /// <summary>The intent is durable before anything is switched on.</summary>
    private async Task<RunResult> RunAsync(StartRunRequest request, int index, long ticket, IRunRecorder recorder, RunEvent intent)
    {
        recorder.Append(intent);
        if (!recorder.Flush())
        {
            return new RunResult(null, new RunEnding(RunOutcome.RecordingFailed, 0, recorder.Status.Failure ?? "the start could not be recorded", null));
        }

        var completion = new RunCompletion();
        if (!_mailbox.TryPost(new StartMessage(index, request, recorder, completion) { Ticket = ticket }))
        {
            return new RunResult($"the mailbox of {Name} is full", null);
        }

        await Task.WhenAny(completion.Result, _finished.Task);
        completion.Refuse($"the link to {Name} was shut down"); // Unless it has ended, as it should.
        var result = await completion.Result;
        return result.Ending is null || recorder.Flush() || result.Ending.Outcome == RunOutcome.RecordingFailed
            ? result
            : result with
            {
                Ending = result.Ending with
                {
                    Outcome = RunOutcome.RecordingFailed,
                    Reason = $"the end could not be recorded ({recorder.Status.Failure}); before that: {result.Ending.Reason}",
                },
            };
    }

    private bool Wish(ChannelId channel, WishKind kind)
    {
        if (!TryFind(channel, out var index))
        {
            return false;
        }

        var wish = new WishMessage(index, kind) { Ticket = Interlocked.Increment(ref _ticket) };
        if (kind is not (WishKind.Stop or WishKind.End))
        {
            return TryPost(wish);
        }

        _mailbox.PostEmergency(wish);
        _abort?.SafeState(index, channel.Number, wish.Ticket);
        return true;
    }

    private bool TryPost(LinkMessage message) => !_finished.Task.IsCompleted && _mailbox.TryPost(message);

    private bool TryFind(ChannelId channel, out int index)
    {
        index = Array.IndexOf(_channels, channel);
        return index >= 0;
    }
}
