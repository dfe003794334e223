using System.Collections.Immutable;
using System.Globalization;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Instruments.Dialects.Neware.StepFiles;

/// <summary>Says a protocol as a step file of the BTS program; docs/instruments.md lists what can be said and what is refused.</summary>
internal sealed class StepFileCompiler(ChannelCapabilities channel, BtsSettings settings) : IScheduleCompiler
{
    /// <summary>What such boxes are said to hold, the end included.</summary>
    public const int MostSteps = 254;

    public ScheduleCompilation Compile(RunProgram program)
    {
        var walk = new StepFileWalk(program, channel);
        walk.Run();
        if (walk.Refusals.Count > 0)
        {
            return new ScheduleCompilation(null, [.. walk.Refusals]);
        }

        var steps = ImmutableArray.CreateBuilder<ScheduleStep>();
        var fileSteps = ImmutableArray.CreateBuilder<BtsScheduleStep>();
        foreach (var step in walk.Steps)
        {
            if (step is { Node: { } node, GoesOn: false })
            {
                steps.Add(new ScheduleStep(node, step.FloorVolts));
            }

            fileSteps.Add(new BtsScheduleStep(step.Type, step.Node is null ? null : steps.Count - 1, step.GoesOn));
        }

        return new ScheduleCompilation(
            new BtsSchedule
            {
                Steps = steps.ToImmutable(),
                FileSteps = fileSteps.ToImmutable(),
                Text = StepFileWriter.Write(program, walk.Steps, Whole(program), settings.StepFileVersion),
                Remarks = [.. Remarks(program, walk)],
            },
            []);
    }

    /// <summary>For all steps: the widest of their limits; what the channel can stand where a resting cell may lie outside of them.</summary>
    private StepFileProtection Whole(RunProgram program)
    {
        var limits = program.Nodes.OfType<StepNode>().Select(step => step.Limits).ToList();
        var restsInside = program.Cell.Kind == Core.Quantities.CellKind.Symmetric || program.Nodes.OfType<StepNode>().All(step => step.Kind != StepKind.Rest);
        return new StepFileProtection(
            StepFileWriter.Round(restsInside ? Math.Max(0, limits.Max(limit => limit.MaxVolts ?? channel.MaxVolts)) : channel.MaxVolts),
            StepFileWriter.Round(restsInside ? Math.Min(0, limits.Min(limit => limit.MinVolts ?? channel.MinVolts)) : channel.MinVolts),
            limits.Max(limit => limit.MaxAmperes ?? channel.MaxAmperes),
            limits.Max(limit => Math.Max(limit.VoltageLongerThanSeconds, limit.CurrentLongerThanSeconds)));
    }

    private IEnumerable<string> Remarks(RunProgram program, StepFileWalk walk)
    {
        var steps = program.Nodes.OfType<StepNode>().ToList();
        var poll = (channel.Schedule?.PollEvery ?? BtsSettings.ShortestPoll).TotalSeconds;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"The box runs the protocol by itself and records every {walk.Steps.Where(step => step.Node is not null).Min(step => step.RecordEverySeconds):0.###} s; the detector sees these records {poll:0.###} s to {poll + BtsSettings.ShortestPoll.TotalSeconds:0.###} s late.");
        yield return "If this program, this computer or the network dies, the box goes on within its own limits, and the run is adopted afterwards: on_restart and on_link_loss do not apply.";
        foreach (var words in walk.Remarks)
        {
            yield return words;
        }

        if (steps.Any(step => step.WithinSeconds is not null || step.WithinAmpHours is not null))
        {
            yield return "within is watched by this program only: the box has no end by time that does not lead to the next step.";
        }

        if (steps.Any(step => step.Limits.DeviationFraction is not null))
        {
            yield return "limits.current.deviation is watched by this program only.";
        }

        if (program.ShortCircuit.Confirm is not null)
        {
            yield return "short_circuit.confirm is not done: nothing can be put between the steps of a box that runs by itself.";
        }
    }
}
