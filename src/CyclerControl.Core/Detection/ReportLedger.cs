namespace CyclerControl.Core.Detection;

/// <summary>What has been reported in the present half-cycle: each rule once (rules 4 and 5 once for each of their two kinds), and once more if it becomes more severe.</summary>
internal sealed class ReportLedger
{
    private const int Rules = 11;
    private readonly int[] _reported = new int[Rules + 2];
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

    public bool IsUnreported(int rule) => _reported[rule] == 0;

    /// <summary>True when this is new in the half-cycle; it is old from then on.</summary>
    public bool Take(int rule, DetectionKind kind, DetectionSeverity severity)
    {
        var place = kind switch
        {
            DetectionKind.TelegraphShort => Rules,
            DetectionKind.PolarityAsymmetry => Rules + 1,
            _ => rule,
        };
        if (_reported[place] > (int)severity)
        {
            return false;
        }

        _reported[place] = (int)severity + 1;
        return true;
    }
}
