using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Instruments.Dialects.Neware.StepFiles;

/// <summary>Goes through a program once, and collects the steps of the file, everything that stands against it, and what will be otherwise.</summary>
/// <remarks>A ramp becomes one body for each of its currents; a repeat becomes a loop of the box.</remarks>
internal sealed class StepFileWalk(RunProgram program, ChannelCapabilities channel)
{
    private readonly List<StepFileStep> _steps = [];
    private readonly List<ScheduleRefusal> _refusals = [];
    private readonly List<string> _remarks = [];
    private readonly HashSet<ScheduleRefusal> _refused = [];
    private readonly Dictionary<int, double> _rampAmperes = [];
    private readonly StepFileFloor _floor = new(program, channel);
    private readonly StepFileDelays _delays = new();
    private StepNode? _before;
    private bool _tooMany;

    public IReadOnlyList<StepFileStep> Steps => _steps;

    public IReadOnlyList<ScheduleRefusal> Refusals => _refusals;

    public IReadOnlyList<string> Remarks => _remarks;

    public void Run()
    {
        Emit(program.Nodes.IsEmpty ? null : 0);
        _steps.Add(new StepFileStep(StepFileType.End));
        if (_tooMany)
        {
            Refuse(program.Nodes[0].Path, "steps", $"the step file would have more than {StepFileCompiler.MostSteps} steps, a ramp counted as its body for each current; use fewer currents");
        }

        if (_floor.Words is { } words)
        {
            _remarks.Add(words);
        }

        _remarks.AddRange(_delays.Words());
    }

    private void Emit(int? first)
    {
        for (var index = first; index is { } at && !_tooMany; index = program.Nodes[at].Next)
        {
            if (program.Nodes[at] is LoopNode loop)
            {
                Loop(loop);
                _before = null;
            }
            else
            {
                var step = (StepNode)program.Nodes[at];
                Step(step);
                _before = step;
            }
        }
    }

    private void Loop(LoopNode loop)
    {
        _before = null;
        if (loop.Exhausted != LoopExhausted.Next)
        {
            Refuse(loop.Path, "else", $"the box goes on after the last pass; '{loop.Exhausted.ToString().ToLowerInvariant()}' cannot be told to it: write else: next");
        }

        if (loop.RampAmperes is { } ramp)
        {
            foreach (var amperes in ramp)
            {
                _rampAmperes[loop.Index] = amperes;
                Emit(loop.Index + 1);
                _before = null;
            }

            return;
        }

        var start = _steps.Count + 1;
        Emit(loop.Index + 1);
        if (loop.Passes > 1)
        {
            Add(new StepFileStep(StepFileType.Loop) { LoopTo = start, Passes = loop.Passes });
        }
    }

    private void Step(StepNode step)
    {
        foreach (var goal in step.Goals.Where(goal => goal.Then != GoalThen.NextStep))
        {
            Refuse(step.Path, "until", $"every end of a step of the box leads to the next step, and this one leads elsewhere ({Word(goal.Then)}); leave then out, or use a set-point instrument");
        }

        switch (step.Kind)
        {
            case StepKind.Rest:
                Add(Begin(step, StepFileType.Rest) with { Seconds = step.ForSeconds });
                break;
            case StepKind.Current:
                Current(step, step.Amperes ?? (step.RampLoop is { } loop ? _rampAmperes[loop] : 0));
                break;
            case StepKind.Sweep:
                Sweep(step, step.Sweep!);
                break;
            default:
                Hold(step);
                break;
        }
    }

    private void Current(StepNode step, double amperes)
    {
        if (amperes <= 0 || amperes > channel.MaxAmperes)
        {
            Refuse(step.Path, step.Verb, FormattableString.Invariant($"{amperes * 1e3:0.######} mA is not above 0 and at most {channel.MaxAmperes * 1e3:0.###} mA, which is what the channel can do"));
        }

        var charges = step.Direction > 0;
        var goals = step.Goals.Where(goal => goal.Kind == GoalKind.Voltage).Select(goal => goal.Value).ToList();
        double? nearest = goals.Count == 0 ? null : charges ? goals.Min() : goals.Max();
        var capacities = step.Goals.Where(goal => goal.Kind == GoalKind.Capacity).Select(goal => goal.Value).ToList();
        double? capacity = capacities.Count == 0 ? null : capacities.Min();
        CheckVolts(step, "until", nearest);
        if (step.HoldUntil is { } hold)
        {
            CurrentThenHold(step, amperes, nearest, capacity, hold);
            return;
        }

        var floor = _floor.Of(step, amperes, nearest);
        Add(Begin(step, charges ? StepFileType.ChargeCurrent : StepFileType.DischargeCurrent, floor) with
        {
            Amperes = amperes,
            Seconds = step.ForSeconds,
            StopVolts = nearest,
            AmpHours = capacity,
        });
    }

    private void CurrentThenHold(StepNode step, double amperes, double? volts, double? capacity, HoldUntil hold)
    {
        if (volts is null)
        {
            Refuse(step.Path, "hold_until", "needs a voltage in until, which the box then holds");
        }

        if (capacity is not null)
        {
            Refuse(step.Path, "until", "a capacity beside hold_until cannot be told to the box; leave one of the two out");
        }

        var charges = step.Direction > 0;
        if (hold.Seconds is null)
        {
            Add(Begin(step, charges ? StepFileType.ChargeBoth : StepFileType.DischargeBoth) with
            {
                Amperes = amperes,
                Volts = volts,
                Seconds = step.ForSeconds,
                StopAmperes = hold.Amperes,
            });
            return;
        }

        if (step.ForSeconds is not null)
        {
            Refuse(step.Path, "for", "the box counts the time of the hold by itself, and cannot bound the whole step as well; leave for out");
        }

        Add(Begin(step, charges ? StepFileType.ChargeCurrent : StepFileType.DischargeCurrent) with { Amperes = amperes, StopVolts = volts });
        Add(Begin(step, charges ? StepFileType.ChargeVoltage : StepFileType.DischargeVoltage) with
        {
            GoesOn = true,
            Amperes = amperes,
            Volts = volts,
            Seconds = hold.Seconds,
            StopAmperes = hold.Amperes,
        });
    }

    private void Hold(StepNode step)
    {
        if (_before is not { Kind: StepKind.Current } before)
        {
            Refuse(step.Path, "hold", "a hold of the box either charges or discharges, and nothing says which; put a charge or a discharge directly before it, or write hold_until there");
            return;
        }

        if (step.Goals.Any(goal => goal.Kind == GoalKind.Capacity))
        {
            Refuse(step.Path, "until", "a capacity cannot end a hold of the box; use a current or for");
        }

        CheckVolts(step, "hold", step.Volts);
        var charges = before.Direction > 0;
        var currents = step.Goals.Where(goal => goal.Kind == GoalKind.Current).Select(goal => goal.Value).ToList();
        Remark($"{step.Path}: the hold can only {(charges ? "charge" : "discharge")}, as the step before it did.");
        Add(Begin(step, charges ? StepFileType.ChargeVoltage : StepFileType.DischargeVoltage) with
        {
            Amperes = Math.Min(step.AtMostAmperes ?? channel.MaxAmperes, channel.MaxAmperes),
            Volts = step.Volts,
            Seconds = step.ForSeconds,
            StopAmperes = currents.Count == 0 ? null : currents.Max(),
        });
    }

    private void Sweep(StepNode step, SweepPath path)
    {
        if (path.FromVolts is not { } from)
        {
            Refuse(step.Path, "sweep.from", "the open-circuit voltage is not known before the box runs; write a voltage");
            return;
        }

        CheckVolts(step, "sweep.from", from);
        CheckVolts(step, "sweep.to", path.ToVolts);
        if (StepFileWriter.Round(from) == StepFileWriter.Round(path.ToVolts))
        {
            Refuse(step.Path, "sweep.to", "is where the sweep begins: voltages of the box have steps of 0.1 mV");
        }

        // No ceiling of a sweep is known in the file, but a protection is.
        var begun = Begin(step, StepFileType.Sweep);
        var most = Math.Min(step.AtMostAmperes ?? channel.MaxAmperes, begun.Protection.Amperes ?? channel.MaxAmperes);
        Remark(FormattableString.Invariant(
            $"{step.Path}: at_most does not hold the current of a sweep down in the box; beyond {most * 1e3:0.###} mA for {begun.Protection.DelaySeconds:0.###} s it switches off."));
        Add(begun with
        {
            Sweep = new StepFileSweep(StepFileWriter.Round(from), StepFileWriter.Round(path.ToVolts), path.VoltsPerSecond),
            Protection = begun.Protection with { Amperes = most },
        });
    }

    /// <summary>Limits as the protocol has them: the upper one counts while it charges, the lower one while it discharges, both in a hold and a sweep, none in a rest.</summary>
    private StepFileStep Begin(StepNode step, StepFileType type, double? floorVolts = null)
    {
        var limits = step.Limits;
        var delay = Math.Max(limits.VoltageLongerThanSeconds, limits.CurrentLongerThanSeconds);
        var holds = type is not (StepFileType.Rest or StepFileType.ChargeCurrent or StepFileType.DischargeCurrent);
        var upper = type == StepFileType.ChargeCurrent || holds ? limits.MaxVolts : null;
        var lower = type == StepFileType.DischargeCurrent || holds ? limits.MinVolts : null;
        if (floorVolts is not null)
        {
            delay = Math.Max(delay, StepFileFloor.DelaySeconds);
        }

        CheckVolts(step, "limits", upper);
        CheckVolts(step, "limits", lower);
        double? ceiling = type == StepFileType.Rest ? null : limits.MaxAmperes;
        if (upper is not null || lower is not null)
        {
            _delays.Add("voltage", limits.VoltageLongerThanSeconds, delay);
        }

        if (ceiling is not null)
        {
            _delays.Add("current", limits.CurrentLongerThanSeconds, delay);
        }

        return new StepFileStep(type)
        {
            Node = step.Index,
            RecordEverySeconds = Math.Max(step.SampleEverySeconds, channel.FastestSampling.TotalSeconds),
            FloorVolts = floorVolts,
            Protection = new StepFileProtection(
                type == StepFileType.DischargeCurrent && floorVolts is { } below ? -below : upper,
                type == StepFileType.ChargeCurrent && floorVolts is { } above ? above : lower,
                ceiling,
                delay),
        };
    }

    private void CheckVolts(StepNode step, string field, double? volts)
    {
        if (volts < channel.MinVolts || volts > channel.MaxVolts)
        {
            Refuse(step.Path, field, FormattableString.Invariant($"{volts} V is outside of the channel's {channel.MinVolts} V to {channel.MaxVolts} V"));
        }
    }

    private void Add(StepFileStep step)
    {
        if (_steps.Count + 1 >= StepFileCompiler.MostSteps)
        {
            _tooMany = true;
            return;
        }

        _steps.Add(step with { StopVolts = Rounded(step.StopVolts), Volts = Rounded(step.Volts) });
    }

    private static double? Rounded(double? volts) => volts is { } given ? StepFileWriter.Round(given) : null;

    /// <summary>Once, however many currents of a ramp the step has.</summary>
    private void Remark(string words)
    {
        if (!_remarks.Contains(words))
        {
            _remarks.Add(words);
        }
    }

    private void Refuse(string path, string field, string reason)
    {
        var refusal = new ScheduleRefusal(path, field, reason);
        if (_refused.Add(refusal))
        {
            _refusals.Add(refusal);
        }
    }

    private static string Word(GoalThen then) => then switch
    {
        GoalThen.EndRepeat => "end_repeat",
        GoalThen.EndRun => "end_run",
        _ => "pause",
    };
}
