using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Legs;

/// <summary>Finds the step of a row; rows and steps come in the same order.</summary>
internal sealed class StepFinder(IReadOnlyList<StepRecord> steps)
{
    private int _next;

    /// <returns>-1: the step has no result (yet).</returns>
    public int IndexOf(int stepCount)
    {
        while (_next < steps.Count && steps[_next].StepCount < stepCount)
        {
            _next++;
        }

        return _next < steps.Count && steps[_next].StepCount == stepCount ? _next : -1;
    }
}
