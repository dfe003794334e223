using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Instruments.Dialects.Land;

/// <summary>Compiles nothing: what runs was programmed at the instrument. Says what of the protocol is then not carried out.</summary>
internal sealed class WatchCompiler : IScheduleCompiler
{
    private const string Text =
        "Watched only. The schedule was programmed and started at the instrument's own software; its record is followed step by step, by the current and by the times of its steps.";

    public ScheduleCompilation Compile(RunProgram program) => new(
        new WatchedSchedule
        {
            Steps = [.. new[] { -1, 0, 1 }.Select(direction => new ScheduleStep(null, Direction: direction))],
            Text = Text,
            Remarks = [.. Remarks(program)],
        },
        []);

    private static IEnumerable<string> Remarks(RunProgram program)
    {
        yield return "the steps are ended by the instrument as it was programmed there; this protocol must say the same, rests included";
        if (program.Nodes.OfType<StepNode>().Any(step => step.Limits is { MinVolts: not null } or { MaxVolts: not null } or { MaxAmperes: not null } or { DeviationFraction: not null }))
        {
            yield return "limits: a breach is told, and switches nothing off";
        }

        if (program.ShortCircuit.Confirm is not null)
        {
            yield return "short_circuit.confirm: cannot be carried out here; a suspected short is told as it is";
        }

        if (program.Nodes.OfType<StepNode>().Any(step => step.Record.AfterChangeEverySeconds is not null || step.SampleEverySeconds < 1))
        {
            yield return "sample and record: no more is seen than the instrument's software writes into its file";
        }
    }
}
