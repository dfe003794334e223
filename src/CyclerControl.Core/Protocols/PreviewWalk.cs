using System.Collections.Immutable;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Protocols;

/// <summary>
/// Walks a program with an expected charge of the working electrode. Passes of a loop that change nothing any more are multiplied,
/// and work is bounded, so that a million passes cost no more than a few.
/// </summary>
internal sealed class PreviewWalk
{
    private const int MostSteps = 50_000;

    private readonly RunProgram _program;
    private readonly double? _capacity;
    private readonly ImmutableArray<PreviewSegment>.Builder _segments = ImmutableArray.CreateBuilder<PreviewSegment>();
    private readonly int[] _rampPass;
    private PreviewTotals _totals;
    private PreviewCertainty _certainty;

    /// <summary>Charge in the working electrode that charging can still remove lithium against (full: charged so far; else: lithium there), Ah.</summary>
    private double _state;
    private int _steps;
    private bool _ended;

    public PreviewWalk(RunProgram program)
    {
        _program = program;
        _capacity = CellCharge.AmpHours(program.Cell);
        _rampPass = new int[program.Nodes.Length];
        _state = program.Cell.Kind is CellKind.Symmetric or CellKind.Half ? program.Cell.WorkingLithiumAmpHours ?? 0 : 0;
    }

    private bool IsLithium => _program.Cell.Kind is CellKind.Symmetric or CellKind.Half;

    public ProtocolPreview Run()
    {
        _ = Siblings(0);
        return new ProtocolPreview(
            _segments.ToImmutable(),
            _totals.Segments,
            _totals.Seconds,
            _totals.ChargedAmpHours,
            _totals.DischargedAmpHours,
            _totals.Records,
            _totals.Samples,
            _certainty);
    }

    /// <summary>A node and all after it; true when an <c>end_repeat</c> leaves the loop around.</summary>
    private bool Siblings(int? first)
    {
        for (var index = first; index is { } i && !_ended; index = _program.Nodes[i].Next)
        {
            if (_program.Nodes[i] is LoopNode loop)
            {
                Loop(loop);
            }
            else if (Step((StepNode)_program.Nodes[i]))
            {
                return true;
            }
        }

        return false;
    }

    private void Loop(LoopNode loop)
    {
        for (long pass = 0; pass < loop.Passes && !_ended; pass++)
        {
            _rampPass[loop.Index] = loop.RampAmperes is null ? 0 : (int)pass;
            var (before, state, shown) = (_totals, _state, _segments.Count);
            if (Siblings(loop.Index + 1))
            {
                return;
            }

            var left = loop.Passes - pass - 1;
            var isSteady = loop.RampAmperes is null && Math.Abs(_state - state) <= 1e-9 * Math.Max(Math.Abs(state), 1e-9);
            if (left > 0 && (isSteady || _steps > MostSteps))
            {
                Repeat(loop, left, _totals - before, shown);
                _certainty = isSteady ? _certainty : Worse(_certainty, PreviewCertainty.Estimated);
                break;
            }
        }

        // Used up without an early end: what "else" says, but a pause is taken as resumed.
        _ended |= loop.Exhausted == LoopExhausted.Stop;
    }

    /// <summary>The passes that are left, like the last one.</summary>
    private void Repeat(LoopNode loop, long passes, PreviewTotals each, int shown)
    {
        if (_segments.Count < ProtocolPreview.MostSegments)
        {
            var certainty = _segments.Skip(shown).Select(s => s.Certainty).DefaultIfEmpty(PreviewCertainty.Planned).Max();
            var what = $"{passes} more {(passes == 1 ? "pass" : "passes")} like this one";
            _segments.Add(new PreviewSegment(_totals.Seconds, each.Seconds * passes, null, loop.Path, what, certainty) { Passes = passes });
        }

        _totals += each * passes;
    }

    private bool Step(StepNode step)
    {
        _steps++;
        var amperes = step.Amperes ?? (step.RampLoop is { } ramp ? ((LoopNode)_program.Nodes[ramp]).RampAmperes!.Value[_rampPass[ramp]] : 0);
        var expected = PreviewStep.Foresee(step, amperes, Room(step));
        Move(step, amperes, expected.Seconds ?? 0, expected.Goal);
        var ampHours = amperes * (expected.Seconds ?? 0) / 3600;
        Add(step, expected.Seconds, step.Kind is StepKind.Hold or StepKind.Sweep ? null : step.Direction * amperes, ampHours, What(step) + Waiting(expected), expected.Certainty);
        if (step.HoldUntil is { } hold && expected.Goal?.Kind == GoalKind.Voltage)
        {
            var what = $"hold {QuantityPrinter.Print(expected.Goal.Value, Dimension.Voltage)}{HoldEnd(hold)}";
            Add(step, hold.Seconds, null, 0, what, hold.Amperes is null ? PreviewCertainty.Planned : hold.Seconds is null ? PreviewCertainty.AtLeast : PreviewCertainty.Estimated);
        }

        _ended |= expected.Goal?.Then == GoalThen.EndRun;
        return expected.Goal?.Then == GoalThen.EndRepeat;
    }

    /// <summary>Charge that can pass before a voltage end in the step's direction, Ah; null: not known.</summary>
    private double? Room(StepNode step)
    {
        var isFilling = IsLithium ? step.Direction < 0 : step.Direction > 0;
        return step.Direction == 0 ? null
            : isFilling ? _capacity - _state
            : _capacity is null && !(_program.Cell.Kind == CellKind.Half) ? null
            : Math.Max(0, _state);
    }

    private void Move(StepNode step, double amperes, double seconds, Goal? goal)
    {
        var moved = amperes * seconds / 3600 * step.Direction * (IsLithium ? -1 : 1);
        _state = goal?.Kind == GoalKind.Voltage && moved < 0 ? 0 : _state + moved;
    }

    private void Add(StepNode step, double? seconds, double? amperes, double ampHours, string what, PreviewCertainty certainty)
    {
        if (_segments.Count < ProtocolPreview.MostSegments)
        {
            _segments.Add(new PreviewSegment(_totals.Seconds, seconds, amperes, step.Path, what, certainty) { IsSweep = step.Sweep is not null });
        }

        var length = seconds ?? 0;
        _totals += new PreviewTotals(
            length,
            step.Direction > 0 ? ampHours : 0,
            step.Direction < 0 ? ampHours : 0,
            PreviewStep.Records(step.Record, length),
            Math.Floor(length / step.SampleEverySeconds) + 1,
            1);
        _certainty = Worse(_certainty, certainty);
    }

    private static string What(StepNode step) => step.Sweep is not { } path ? step.Verb
        : $"sweep from {(path.FromVolts is { } from ? QuantityPrinter.Print(from, Dimension.Voltage) : "open circuit")} to {QuantityPrinter.Print(path.ToVolts, Dimension.Voltage)}";

    private static string Waiting(PreviewStep expected) => expected.Goal switch
    {
        null => "",
        { Kind: GoalKind.Voltage } goal => $" until {QuantityPrinter.Print(goal.Value, Dimension.Voltage)}",
        { Kind: GoalKind.Current } goal => $" until {QuantityPrinter.Print(goal.Value, Dimension.Current)}",
        var goal => $" until {QuantityPrinter.Print(goal.Value, Dimension.Charge)}",
    };

    private static string HoldEnd(HoldUntil hold) => (hold.Amperes, hold.Seconds) switch
    {
        ({ } amperes, { } seconds) => $" until {QuantityPrinter.Print(amperes, Dimension.Current)} or for {CompoundDuration.Print(seconds)}",
        ({ } amperes, null) => $" until {QuantityPrinter.Print(amperes, Dimension.Current)}",
        _ => "",
    };

    private static PreviewCertainty Worse(PreviewCertainty a, PreviewCertainty b) => (PreviewCertainty)Math.Max((int)a, (int)b);
}
