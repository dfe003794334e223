using CyclerControl.Core.Channels;

namespace CyclerControl.Core.Runs;

/// <summary>Rows and step results from a state.</summary>
internal static class RunRows
{
    public static SampleRow Row(ref readonly RunState state, StepNode step, in Sample sample, RowReason reason)
    {
        var inStep = state.Totals.Since(state.Step.TotalsAtStart);
        return new SampleRow(
            sample.TimeNanoseconds,
            sample.Volts,
            sample.Amperes,
            sample.Celsius,
            state.Step.TimeAt(sample.TimeNanoseconds),
            state.Step.Count,
            step.StepId,
            state.Leg.Cycle,
            state.Leg.HalfCycle,
            state.Totals.ChargingAmpHours,
            state.Totals.DischargingAmpHours,
            state.Totals.ChargingWattHours,
            state.Totals.DischargingWattHours,
            inStep.ChargingAmpHours,
            inStep.DischargingAmpHours,
            reason);
    }

    public static StepRecord Step(ref readonly RunState state, StepNode step, StepCursor cursor, StepEnd end, bool endedAtOnce, long now)
    {
        var inStep = state.Totals.Since(state.Step.TotalsAtStart);
        var hasSample = state.Step.Samples > 0;
        var block = cursor.BlockOf(step.Index);
        return new StepRecord(
            state.Step.Count,
            step.StepId,
            step.Path,
            step.Verb,
            step.Name,
            step.Kind == StepKind.Current ? step.Direction * cursor.AmperesOf(in state, step) : null,
            step.Kind == StepKind.Hold ? step.Volts : step.Sweep is { } path ? path.ToVolts : state.Step.Holding ? state.Step.SourceVolts : null,
            step.RampLoop is { } loop ? (int)cursor.Pass(in state, loop) : null,
            state.Leg.Cycle,
            state.Leg.HalfCycle,
            block,
            block is null ? null : state.Leg.BlockCycle,
            state.Step.StartNanoseconds,
            now,
            inStep.ChargingAmpHours,
            inStep.DischargingAmpHours,
            inStep.ChargingWattHours,
            inStep.DischargingWattHours,
            hasSample ? state.Step.StartVolts : null,
            hasSample ? state.LastVolts : null,
            end,
            endedAtOnce,
            state.Step.Holding ? state.Step.HoldStartNanoseconds : null);
    }
}
