using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Legs;

/// <summary>Which ends the protocol prescribes.</summary>
internal static class StepEnds
{
    public static bool IsPlanned(StepEnd end) => end is StepEnd.Time or StepEnd.Voltage or StepEnd.Current or StepEnd.Capacity;
}
