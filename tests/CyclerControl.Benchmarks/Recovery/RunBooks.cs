using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Writing;

namespace CyclerControl.Benchmarks.Recovery;

/// <summary>Records a run as the product would, without instrument and clock: the engine decides what is written.</summary>
internal static class RunBooks
{
    private const double Ohms = 50;

    /// <param name="samples">Samples to take, one each period of the program.</param>
    public static void Write(RunRecorder recorder, RunProgram program, int samples)
    {
        var engine = new RunEngine(program);
        var commands = new CommandBuffer();
        var checkpoint = new byte[RunCheckpoint.Size];
        var state = default(RunState);
        var period = Nanoseconds.FromSeconds(program.SampleEverySeconds);
        var setpoint = Setpoint.Rest;
        engine.Advance(ref state, new RunInput(RunInputKind.Start, 0, default), commands);
        setpoint = Execute(recorder, state, commands, checkpoint, setpoint);
        for (var n = 1L; n <= samples; n++)
        {
            var sample = new Sample(n * period, (setpoint.Amperes * Ohms) + (n % 97 * 1e-7), setpoint.Amperes, null);
            engine.Advance(ref state, new RunInput(RunInputKind.Sample, sample.TimeNanoseconds, sample), commands);
            setpoint = Execute(recorder, state, commands, checkpoint, setpoint);
        }
    }

    private static Setpoint Execute(RunRecorder recorder, in RunState state, CommandBuffer commands, byte[] checkpoint, Setpoint setpoint)
    {
        foreach (ref readonly var command in commands.Commands)
        {
            switch (command.Kind)
            {
                case RunCommandKind.Record:
                    recorder.Append(command.Row);
                    break;
                case RunCommandKind.StepEnded:
                    recorder.Append(commands.Steps[command.StepIndex]);
                    break;
                case RunCommandKind.Event:
                    recorder.Append(command.Event!);
                    break;
                case RunCommandKind.Apply:
                    setpoint = command.Setpoint;
                    break;
                case RunCommandKind.Checkpoint:
                    RunCheckpoint.Write(state, checkpoint);
                    recorder.AppendCheckpoint(state.LastSampleNanoseconds, checkpoint);
                    break;
                default:
                    break;
            }
        }

        return setpoint;
    }
}
