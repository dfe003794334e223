namespace CyclerControl.Instruments.Dialects.Neware.StepFiles;

/// <summary>Where the box waits otherwise than the protocol's <c>longer_than</c> says: a step has one delay for its voltage, its current and rule 1.</summary>
internal sealed class StepFileDelays
{
    private readonly Dictionary<(string Field, double Said, double Written), int> _steps = [];

    /// <param name="field">Of <c>limits</c>.</param>
    /// <param name="saidSeconds">In the protocol, s.</param>
    /// <param name="writtenSeconds">In the step file, s.</param>
    public void Add(string field, double saidSeconds, double writtenSeconds)
    {
        if (saidSeconds != writtenSeconds)
        {
            var key = (field, saidSeconds, writtenSeconds);
            _steps[key] = _steps.GetValueOrDefault(key) + 1;
        }
    }

    /// <summary>What to tell about it; a sentence for each pair of times.</summary>
    public IEnumerable<string> Words() => _steps.Select(pair => FormattableString.Invariant(
        $"limits.{pair.Key.Field}.longer_than is {pair.Key.Said:0.###} s in the protocol and {pair.Key.Written:0.###} s in the box, in {pair.Value} of its steps: a step of the box has one delay for all of its protections. The records are judged by the protocol's."));
}
