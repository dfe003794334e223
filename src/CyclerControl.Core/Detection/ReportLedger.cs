namespace CyclerControl.Core.Detection;

/// <summary>What has been reported in the present half-cycle: each rule once, and once more if it becomes more severe.</summary>
internal sealed class ReportLedger
{
    private const int Rules = 11;
    private readonly int[] _reported = new int[Rules];
    private int? _halfCycle;

    /// <summary>True when it is another one than before.</summary>
    public bool BeginHalfCycle(int halfCycle)
    {
        if (_halfCycle == halfCycle)
        {
            return false;
        }

        _halfCycle = halfCycle;
        Array.Clear(_reported);
        return true;
    }

    public bool IsNew(int rule, DetectionSeverity severity) => _reported[rule] <= (int)severity;

    public void Mark(int rule, DetectionSeverity severity) => _reported[rule] = (int)severity + 1;
}
