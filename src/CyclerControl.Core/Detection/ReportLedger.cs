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

    /// <summary>True when this is new in the half-cycle; it is old from then on.</summary>
    public bool Take(int rule, DetectionSeverity severity)
    {
        if (_reported[rule] > (int)severity)
        {
            return false;
        }

        _reported[rule] = (int)severity + 1;
        return true;
    }
}
