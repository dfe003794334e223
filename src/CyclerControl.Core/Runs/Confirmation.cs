using CyclerControl.Core.Channels;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Runs;

/// <summary>
/// Confirms a suspected short on the cell: a rest and, where asked for and allowed, a pair of pulses that moves no net charge. The clock of the
/// step stands still; the charge counts. Bounds: short-circuits in solid-state cells must not be made by looking for them.
/// </summary>
internal sealed class Confirmation(RunProgram program, StepCursor cursor, StepTransitions transitions)
{
    /// <summary>Pulses are this part of the present current.</summary>
    public const double PulseFraction = 0.25;

    private const long PulseNanoseconds = 5 * Nanoseconds.PerSecond;
    private const long ShortestInterval = 3600 * Nanoseconds.PerSecond;
    private const int MostInHalfCycle = 3;

    /// <summary>On a half cell the plated lithium must be this many times the pulse's charge.</summary>
    private const double PlatedReserve = 20;

    /// <summary>Rest of a confirmation where the protocol does not say, s.</summary>
    public static double DefaultRestSeconds(CellKind? kind) => kind == CellKind.Full ? 10 : 30;

    /// <summary>Whether a suspicion may be confirmed now: the protocol asks, a current flows, not more than once an hour and three times in a half-cycle.</summary>
    public bool IsAllowed(ref readonly RunState state, long now) =>
        program.ShortCircuit.Confirm is not null
        && state.Phase == RunPhase.Running
        && state.Confirmation.Stage == ConfirmationStage.None
        && cursor.StepAt(state.Node).Kind == StepKind.Current
        && !state.Step.Holding
        && !(state.Confirmation.Any && now - state.Confirmation.LastNanoseconds < ShortestInterval)
        && !(state.Confirmation.HalfCycle == state.Leg.HalfCycle && state.Confirmation.InHalfCycle >= MostInHalfCycle);

    public void Begin(ref RunState state, long now, CommandBuffer commands)
    {
        state.Step.ElapsedNanoseconds = state.Step.TimeAt(now);
        state.Step.RunningSinceNanoseconds = now;
        ref var progress = ref state.Confirmation;
        progress.InHalfCycle = progress.HalfCycle == state.Leg.HalfCycle ? progress.InHalfCycle + 1 : 1;
        progress.HalfCycle = state.Leg.HalfCycle;
        progress.LastNanoseconds = now;
        progress.Any = true;
        var rest = program.ShortCircuit.Confirm?.RestSeconds ?? DefaultRestSeconds(program.Cell.Kind);
        commands.Add(new RunCommand
        {
            Kind = RunCommandKind.Event,
            Event = new RunEvent(now, "confirmation_started", FormattableString.Invariant($"a short is suspected: output off for {rest:0.###} s, the step's clock stands still")),
        });
        Enter(ref state, ConfirmationStage.Rest, now, Nanoseconds.FromSeconds(rest), Setpoint.Rest, commands);
    }

    /// <summary>Takes a sample of the running confirmation.</summary>
    public void Advance(ref RunState state, StepNode step, in Sample sample, CommandBuffer commands)
    {
        state.Step.RunningSinceNanoseconds = sample.TimeNanoseconds; // its clock stands still
        if (sample.TimeNanoseconds < state.Confirmation.StageEndNanoseconds)
        {
            if (RecordDecision.Wants(ref state, step.Record, sample))
            {
                StepTransitions.Record(in state, step, sample, RowReason.Confirmation, commands);
            }

            return;
        }

        RecordDecision.Remember(ref state, step.Record, sample);
        StepTransitions.Record(in state, step, sample, RowReason.Confirmation, commands);
        switch (state.Confirmation.Stage)
        {
            case ConfirmationStage.Rest when PulsesAreAllowed(in state, step):
                EnterPulse(ref state, step, ConfirmationStage.Reversed, -1, sample.TimeNanoseconds, commands);
                break;
            case ConfirmationStage.Reversed:
                EnterPulse(ref state, step, ConfirmationStage.Along, +1, sample.TimeNanoseconds, commands);
                break;
            default:
                state.Confirmation.Stage = ConfirmationStage.Over;
                commands.Add(new RunCommand { Kind = RunCommandKind.ConfirmationOver });
                break;
        }
    }

    private bool PulsesAreAllowed(ref readonly RunState state, StepNode step)
    {
        if (program.ShortCircuit.Confirm is not { ReversedPulses: true })
        {
            return false;
        }

        var pulseAmpHours = PulseFraction * cursor.AmperesOf(in state, step) * PulseNanoseconds * 1e-9 / 3600;
        return program.Cell.Kind switch
        {
            CellKind.Symmetric => true,
            CellKind.Half => state.Totals.DischargingAmpHours - state.Totals.ChargingAmpHours >= PlatedReserve * pulseAmpHours,
            _ => false,
        };
    }

    private void EnterPulse(ref RunState state, StepNode step, ConfirmationStage stage, int along, long now, CommandBuffer commands)
    {
        var amperes = PulseFraction * cursor.AmperesOf(in state, step) * step.Direction * along;
        var setpoint = new Setpoint(OutputMode.Current, amperes, 0, step.Limits.MinVolts, step.Limits.MaxVolts, null);
        Enter(ref state, stage, now, PulseNanoseconds, setpoint, commands);
    }

    private void Enter(ref RunState state, ConfirmationStage stage, long now, long duration, in Setpoint setpoint, CommandBuffer commands)
    {
        state.Confirmation.Stage = stage;
        state.Confirmation.StageEndNanoseconds = now + duration;
        transitions.BeginConfirmation(ref state, setpoint, now, stage, commands);
    }
}
