using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <summary>What a detection does to the run.</summary>
internal enum DetectionVerdict
{
    Ignore,

    /// <summary>Recorded and shown.</summary>
    Report,

    /// <summary>Output off, latched.</summary>
    Trip,

    /// <summary>Output off; the run has its result.</summary>
    Result,
}

/// <summary>Applies the protocol's <c>short_circuit</c> policy.</summary>
internal static class DetectionPolicy
{
    /// <summary>What is found with severity abort during a confirmation has been confirmed: that is what the protocol asked for.</summary>
    public static DetectionVerdict Judge(DetectionEvent found, RunProgram program, in Segment segment)
    {
        if (found.Kind is DetectionKind.ContactLoss or DetectionKind.PolarisationRunaway or DetectionKind.Noise or DetectionKind.NotObservable)
        {
            return found.Severity == DetectionSeverity.Abort ? DetectionVerdict.Trip : DetectionVerdict.Report;
        }

        var action = segment.Confirmation != ConfirmationStage.None ? ShortCircuitAction.Abort
            : found.Kind == DetectionKind.HardShort ? program.ShortCircuit.Hard
            : program.ShortCircuit.Soft;
        return action switch
        {
            ShortCircuitAction.Ignore => DetectionVerdict.Ignore,
            ShortCircuitAction.Abort when found.Severity == DetectionSeverity.Abort =>
                MeasureAt(program, segment.Step) is Measure.Ccd or Measure.CriticalCapacity ? DetectionVerdict.Result : DetectionVerdict.Trip,
            _ => DetectionVerdict.Report,
        };
    }

    /// <summary>Of the innermost block that measures something, else of the protocol.</summary>
    private static Measure MeasureAt(RunProgram program, StepNode step)
    {
        for (var parent = step.Parent; parent is { } index; parent = program.Nodes[index].Parent)
        {
            if (program.Nodes[index] is LoopNode { Measure: { } measure })
            {
                return measure;
            }
        }

        return program.Measure;
    }
}
