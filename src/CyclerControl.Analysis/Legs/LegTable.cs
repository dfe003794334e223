using System.Runtime.InteropServices;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Legs;

/// <summary>The step results of a run, read as half-cycles; and for each step, where its clock starts in its stretch.</summary>
public sealed class LegTable
{
    private readonly List<Leg> _legs = [];
    private readonly List<Stretch> _stretches = [];
    private readonly StepPlace[] _places;

    public LegTable(IReadOnlyList<StepRecord> steps, ActiveTime activeTime)
    {
        Steps = steps;
        _places = new StepPlace[steps.Count];
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            _places[i] = new StepPlace(-1, 0, long.MaxValue);
            if (step.HalfCycle == 0 || (step.SetAmperes is null && step.SetVolts is null))
            {
                continue; // a rest, or a hold before the first half-cycle
            }

            TakeLeg(step);
            if (step.SetAmperes is { } amperes && amperes != 0)
            {
                TakeStretch(i, step, amperes, activeTime);
            }
        }
    }

    public IReadOnlyList<StepRecord> Steps { get; }

    public IReadOnlyList<Leg> Legs => _legs;

    public IReadOnlyList<Stretch> Stretches => _stretches;

    internal StepPlace PlaceOf(int stepIndex) => _places[stepIndex];

    /// <summary>A step that had not ended when the records did: its half-cycle is unfinished.</summary>
    internal void TakeOpenStep(in SampleRow last)
    {
        if (last.Amperes == 0 || last.HalfCycle == 0)
        {
            return;
        }

        if (_legs.Count > 0 && _legs[^1].HalfCycle == last.HalfCycle)
        {
            var leg = _legs[^1];
            _legs[^1] = leg with
            {
                AmpHours = leg.AmpHours + InDirection(last, leg.Sign),
                EndNanoseconds = last.TimeNanoseconds,
                End = StepEnd.Interrupted,
                Finished = false,
            };
            return;
        }

        // Of a sweep the current does not tell: one half-cycle after another has the other sign.
        var sign = _legs.Count > 0 && _legs[^1].HalfCycle == last.HalfCycle - 1 ? -_legs[^1].Sign : Math.Sign(last.Amperes);
        var start = last.TimeNanoseconds - last.StepTimeNanoseconds;
        _legs.Add(new Leg(
            last.HalfCycle, last.Cycle, null, null, sign, start, last.TimeNanoseconds, InDirection(last, sign), null, StepEnd.Interrupted, false));
    }

    private void TakeLeg(StepRecord step)
    {
        var planned = StepEnds.IsPlanned(step.End);
        if (_legs.Count > 0 && _legs[^1].HalfCycle == step.HalfCycle && _legs[^1].Block == step.Block)
        {
            ref var leg = ref CollectionsMarshal.AsSpan(_legs)[^1];
            leg = leg with
            {
                EndNanoseconds = step.EndNanoseconds,
                AmpHours = leg.AmpHours + InDirection(step, leg.Sign),
                End = step.End,
                Finished = leg.Finished && planned,
                IsSwept = leg.IsSwept || IsSweep(step),
            };
            return;
        }

        var sign = SignOf(step);
        _legs.Add(new Leg(
            step.HalfCycle,
            step.Cycle,
            step.Block,
            step.BlockCycle,
            sign,
            step.StartNanoseconds,
            step.EndNanoseconds,
            InDirection(step, sign),
            step.SetAmperes,
            step.End,
            planned)
        {
            IsSwept = IsSweep(step),
        });
    }

    private static bool IsSweep(StepRecord step) => step.Verb == "sweep";

    /// <summary>A sweep has the sign in which it moves the voltage: its current may change its own on the way.</summary>
    private static int SignOf(StepRecord step) => step switch
    {
        { SetAmperes: { } amperes } => Math.Sign(amperes),
        { SetVolts: { } to, StartVolts: { } start } when IsSweep(step) => Math.Sign(to - start),
        _ => Math.Sign(step.ChargingAmpHours - step.DischargingAmpHours),
    };

    private void TakeStretch(int index, StepRecord step, double amperes, ActiveTime activeTime)
    {
        var active = activeTime.Between(step.StartNanoseconds, step.HoldStartNanoseconds ?? step.EndNanoseconds);
        var planned = StepEnds.IsPlanned(step.End);
        var ampHours = InDirection(step, Math.Sign(amperes));
        if (_stretches.Count > 0 && IsSame(_stretches[^1], step, amperes))
        {
            var stretch = _stretches[^1];
            _places[index] = new StepPlace(_stretches.Count - 1, stretch.ActiveNanoseconds, active);
            _stretches[^1] = stretch with
            {
                EndNanoseconds = step.EndNanoseconds,
                ActiveNanoseconds = stretch.ActiveNanoseconds + active,
                AmpHours = stretch.AmpHours + ampHours,
                End = step.End,
                Finished = stretch.Finished && planned,
            };
            return;
        }

        _places[index] = new StepPlace(_stretches.Count, 0, active);
        _stretches.Add(new Stretch(
            step.HalfCycle,
            step.Cycle,
            amperes,
            step.RampPass,
            step.Path,
            step.StepId,
            step.StartNanoseconds,
            step.EndNanoseconds,
            active,
            ampHours,
            step.End,
            planned));
    }

    private static bool IsSame(Stretch stretch, StepRecord step, double amperes) =>
        stretch.HalfCycle == step.HalfCycle && stretch.RampPass == step.RampPass && stretch.SetAmperes == amperes;

    private static double InDirection(StepRecord step, int sign) => sign >= 0 ? step.ChargingAmpHours : step.DischargingAmpHours;

    private static double InDirection(in SampleRow row, int sign) => sign >= 0 ? row.StepChargingAmpHours : row.StepDischargingAmpHours;

    /// <summary>Where a step lies.</summary>
    /// <param name="Stretch">Index of its stretch; -1: none (rest, hold).</param>
    /// <param name="OffsetNanoseconds">Time of the stretch at the step's start.</param>
    /// <param name="ConstantCurrentNanoseconds">Step time at which the constant current ended.</param>
    internal readonly record struct StepPlace(int Stretch, long OffsetNanoseconds, long ConstantCurrentNanoseconds);
}
