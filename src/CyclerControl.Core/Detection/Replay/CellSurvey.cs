namespace CyclerControl.Core.Detection.Replay;

/// <summary>Second look at a record: what the voltage does under each sign of the current. Constant memory.</summary>
public sealed class CellSurvey
{
    private readonly CurrentScale _scale;
    private readonly SignedVolts[] _bySign = [new(), new(), new()];
    private readonly LogHistogram _voltSteps = new();
    private readonly LogHistogram _currentSteps = new();
    private Measurement _last;
    private int _sign;
    private bool _any;

    /// <param name="scale">Of the same record.</param>
    public CellSurvey(CurrentScale scale) => _scale = scale;

    /// <summary>Counts a row.</summary>
    public void Add(in Measurement row)
    {
        if (!double.IsFinite(row.Volts) || !double.IsFinite(row.Amperes) || row.IsSwept)
        {
            return;
        }

        var sign = _scale.SignOf(row.Amperes);
        _bySign[sign + 1].Add(row.Volts);
        if (_any && sign == _sign)
        {
            var step = row.Volts - _last.Volts;
            _voltSteps.Add(step);
            _bySign[sign + 1].Moved += step;
            if (sign != 0)
            {
                _currentSteps.Add(row.Amperes - _last.Amperes);
            }
        }
        else if (_any)
        {
            _bySign[_sign + 1].End(_last.Volts);
        }

        _any = true;
        _sign = sign;
        _last = row;
    }

    /// <summary>What the rows seen so far tell.</summary>
    public RecordTraits Traits
    {
        get
        {
            var (kind, reading) = CellKindInference.Infer(_bySign[2], _bySign[0], _bySign[1]);
            return new RecordTraits(kind, reading, _scale, SigmaOf(_currentSteps), SigmaOf(_voltSteps), _bySign[0].TypicalVolts, _bySign[2].TypicalVolts);
        }
    }

    /// <summary>The median difference of two readings with the same white noise is 0.954 sigma.</summary>
    private static double SigmaOf(LogHistogram steps) => steps.Quantile(0.5) / 0.954;
}

/// <summary>The voltages under one sign of the current.</summary>
internal sealed class SignedVolts
{
    private readonly LogHistogram _positive = new();
    private readonly LogHistogram _negative = new();
    private readonly LogHistogram _ends = new();

    public long Count => _positive.Count + _negative.Count;

    /// <summary>Part of the readings that are above zero.</summary>
    public double PositivePart => Count == 0 ? 0 : (double)_positive.Count / Count;

    /// <summary>Sum of the changes from row to row while the sign lasted, V.</summary>
    public double Moved { get; set; }

    public double PositiveVolts => _positive.Quantile(0.5);

    public double NegativeVolts => _negative.Quantile(0.5);

    /// <summary>Median magnitude of those with the commoner sign, with that sign, V.</summary>
    public double TypicalVolts => PositivePart >= 0.5 ? PositiveVolts : -NegativeVolts;

    /// <summary>What 5 % of the magnitudes exceed, V.</summary>
    public double LargestVolts => Math.Max(PositivePart > 0.05 ? _positive.Quantile(0.95) : 0, PositivePart < 0.95 ? _negative.Quantile(0.95) : 0);

    /// <summary>Median magnitude at the end of the stretches, V.</summary>
    public double EndVolts => _ends.Quantile(0.5);

    public void Add(double volts) => (volts > 0 ? _positive : _negative).Add(volts);

    public void End(double volts) => _ends.Add(volts);
}
