using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Testing.Fakes;

/// <summary>A box that executes a row of current steps and rests by itself, once it was started, and keeps a record of it.</summary>
public sealed class FakeScheduledChannel(IClock clock, FakeWire wire) : IScheduledChannel, IScheduleCompiler
{
    public static readonly ChannelCapabilities Boxed = FakeInstrumentLink.DefaultCapabilities with
    {
        Schedule = new ScheduledOperation(TimeSpan.FromSeconds(5), 100, CanSkip: true),
        AbortLatency = TimeSpan.FromSeconds(6),
    };

    /// <summary>The box of somebody else's software, whose record is followed.</summary>
    public static readonly ChannelCapabilities Watched = Boxed with
    {
        Schedule = new ScheduledOperation(TimeSpan.FromSeconds(5), 100, CanSkip: false),
        IsWatched = true,
    };

    private readonly List<ScheduleRow> _record = [];
    private Recipe? _recipe;
    private double _startedAt;
    private double _recordedTo;
    private bool _wasSkipped;

    public ChannelId Id { get; } = new("demo", 1);

    public ChannelCapabilities Capabilities { get; init; } = Boxed;

    /// <summary>What was programmed at a watched box; null: the protocol.</summary>
    public RunProgram? Programmed { get; set; }

    /// <summary>What it answers about itself; null: what its schedule leads to.</summary>
    public ScheduleState? Says { get; set; }

    /// <summary>Ohm, by the box's own test time.</summary>
    public Func<double, double> Ohms { get; set; } = _ => 100;

    /// <summary>What the cell takes of the programmed current, by the box's own test time.</summary>
    public Func<double, double> Takes { get; set; } = _ => 1;

    /// <summary>It takes a sweep for one to its end and back again.</summary>
    public bool SweepsThereAndBack { get; set; }

    public double RecordEvery { get; set; } = 1;

    /// <summary>What its coulomb counter makes of 1.</summary>
    public double Counts { get; set; } = 1;

    /// <summary>|V| at or below which its own protection switches off.</summary>
    public double? Floor { get; set; }

    /// <summary>What it finds wrong with any protocol.</summary>
    public ScheduleRefusal? Refuses { get; set; }

    /// <summary>It starts, and its answer is lost on the way.</summary>
    public bool LosesAnswerToStart { get; set; }

    /// <summary>What it refuses a start with.</summary>
    public string? RefusesStart { get; set; }

    /// <summary>Why it would not take a start now.</summary>
    public string? NotReady { get; set; }

    /// <summary>What it was told of the run when it was adopted.</summary>
    public ScheduleProgress? Reached { get; private set; }

    /// <summary>What it says that it was not written.</summary>
    public string? Trouble { get; set; }

    public bool IsOn { get; private set; }

    public int Starts { get; private set; }

    public string? RunId { get; private set; }

    public ScheduleCompilation Compile(RunProgram program)
    {
        if (Refuses is { } refusal)
        {
            return new ScheduleCompilation(null, [refusal]);
        }

        var steps = (Programmed ?? program).Nodes.OfType<StepNode>().ToList();
        return new ScheduleCompilation(
            new Recipe(steps) { Steps = [.. steps.Select(Told)], Text = "recipe", Remarks = ["a remark"] }, []);
    }

    private ScheduleStep Told(StepNode step) => Capabilities.IsWatched
        ? new ScheduleStep(null, Direction: step.Direction)
        : new ScheduleStep(step.Index, step.Kind == StepKind.Current ? Floor : null);

    public string? WhyNotReady(CompiledSchedule? schedule)
    {
        wire.Exchange($"ready for {schedule?.Text ?? "nothing"}");
        return NotReady;
    }

    public string Start(CompiledSchedule schedule, string runId)
    {
        wire.Exchange("start " + runId);
        if (RefusesStart is { } reason)
        {
            throw new InstrumentErrorException(reason);
        }

        Starts++;
        RunId = runId;
        _recipe = (Recipe)schedule;
        _startedAt = clock.NowNanoseconds * 1e-9;
        IsOn = true;
        return LosesAnswerToStart ? throw new LinkFaultException("no answer to start") : "test 7";
    }

    public bool Adopt(CompiledSchedule schedule, string runId, string? ticket, ScheduleProgress? reached)
    {
        wire.Exchange($"adopt {runId} {ticket}");
        Reached = reached;
        return ticket is null ? runId == RunId : ticket == "test 7";
    }

    public ScheduleFetch Fetch(long afterSequence, Span<ScheduleRow> rows)
    {
        wire.Exchange($"fetch {afterSequence}");
        var state = Record();
        var count = 0;
        for (var i = (int)afterSequence; i < _record.Count && count < Capabilities.Schedule!.PageRows; i++)
        {
            rows[count++] = _record[i];
        }

        var more = afterSequence + count < _record.Count;
        return new ScheduleFetch(count, more, Says ?? state, 0, null, more ? null : Trouble);
    }

    /// <summary>Another process of ours speaks to the same box.</summary>
    public FakeScheduledChannel MovedTo(IClock other, FakeWire newWire, double secondsLater)
    {
        var moved = new FakeScheduledChannel(other, newWire)
        {
            Capabilities = Capabilities,
            Programmed = Programmed,
            Ohms = Ohms,
            RecordEvery = RecordEvery,
            Floor = Floor,
            _recipe = _recipe,
            IsOn = IsOn,
            RunId = RunId,
            _startedAt = _startedAt - (clock.NowNanoseconds * 1e-9) - secondsLater + (other.NowNanoseconds * 1e-9),
            _recordedTo = _recordedTo,
        };
        moved._record.AddRange(_record);
        return moved;
    }

    public void Skip()
    {
        wire.Exchange("skip");
        _wasSkipped = true;
    }

    public Reading Read()
    {
        wire.Exchange("inquire");
        return new Reading(clock.NowNanoseconds, 0, 0, null, ReadingQuality.Valid);
    }

    public void OutputOff()
    {
        wire.Exchange("stop");
        if (Capabilities.IsWatched)
        {
            throw new InvalidOperationException("nobody can switch a watched channel off");
        }

        Record();
        IsOn = false;
    }

    public void Release() => wire.Exchange("release");

    /// <summary>Brings the record up to now.</summary>
    private ScheduleState Record()
    {
        if (_recipe is null)
        {
            return ScheduleState.Unknown;
        }

        var now = (clock.NowNanoseconds * 1e-9) - _startedAt;
        var begun = 0.0;
        for (var i = 0; i < _recipe.Nodes.Count && IsOn; i++)
        {
            var node = _recipe.Nodes[i];
            var length = _wasSkipped && i == 0 ? Math.Min(node.ForSeconds!.Value, 20)
                : node.Sweep is not null && SweepsThereAndBack ? 2 * node.ForSeconds!.Value
                : node.ForSeconds!.Value;
            for (var t = 0.0; t <= length && begun + t <= now && IsOn; t += RecordEvery)
            {
                if (begun + t >= _recordedTo)
                {
                    Add(i, node, t, begun + t);
                }
            }

            begun += length;
            _recordedTo = Math.Max(_recordedTo, Math.Min(begun, now + 1e-6));
            if (begun > now)
            {
                return ScheduleState.Running;
            }
        }

        var wasOn = IsOn;
        IsOn = false;
        return wasOn || _record.Count == 0 || begun <= now ? ScheduleState.Finished : ScheduleState.Stopped;
    }

    private void Add(int step, StepNode node, double stepSeconds, double testSeconds)
    {
        var amperes = node.Sweep is { } path ? path.VoltsAt(path.FromVolts!.Value, Math.Min(stepSeconds, (2 * node.ForSeconds!.Value) - stepSeconds)) / Ohms(testSeconds)
            : node.Direction * (node.Amperes ?? 0) * Takes(testSeconds);
        var volts = amperes * Ohms(testSeconds);
        _record.Add(new ScheduleRow(
            _record.Count + 1, step, 1, stepSeconds, null, volts, amperes, Math.Abs(amperes) * stepSeconds / 3600 * Counts, null, null));
        if (Floor is { } floor && node.Kind == StepKind.Current && stepSeconds >= 3 && Math.Abs(volts) <= floor)
        {
            IsOn = false;
            Says = ScheduleState.Protected;
        }
    }

    private sealed record Recipe(IReadOnlyList<StepNode> Nodes) : CompiledSchedule;
}
