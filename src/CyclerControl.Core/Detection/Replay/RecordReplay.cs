using CyclerControl.Core.Channels;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Detection.Replay;

/// <summary>
/// Shows a finished record to the detector of a running test: finds set-points and half-cycles in the rows, and begins a segment where the instrument did.
/// Pure; one thread; constant memory.
/// </summary>
public sealed class RecordReplay
{
    /// <summary>Offset uncertainty taken for a channel that nobody has described, V: half that of the cheapest 5 V channels, five times that of good ones.</summary>
    public const double UnknownOffsetVolts = 1e-3;

    /// <summary>A segment shorter than this is no level at which a short would have to be seen, s.</summary>
    private const double ObservableSeconds = 60;

    /// <summary>On a record of magnitudes the sign turns when the voltage has passed zero by this part of what is usual.</summary>
    private const double TurningPart = 0.2;

    private readonly ShortCircuitDetector _detector;
    private readonly RecordTraits _traits;
    private readonly Queue<DetectionEvent> _found = new();
    private readonly HashSet<long> _unobservable = [];
    private readonly StepNode _step;
    private SetpointFollower _follower;
    private bool _isSwept;
    private Segment _segment;
    private Sample _last;
    private int _direction = 1;
    private int _halfCycle;
    private int _legSign;
    private int _segments;

    /// <param name="cell">What is known about the cell; a kind that is not given is that of <paramref name="traits"/>.</param>
    /// <param name="traits">Of the same record.</param>
    public RecordReplay(CellSpec cell, RecordTraits traits)
        : this(cell, traits, DetectionSettings.Default)
    {
    }

    /// <param name="settings">Parameters of the rules.</param>
    /// <inheritdoc cref="RecordReplay(CellSpec, RecordTraits)"/>
    public RecordReplay(CellSpec cell, RecordTraits traits, DetectionSettings settings)
    {
        Cell = cell with { Kind = cell.Kind ?? traits.Kind };
        _traits = traits;
        _detector = new ShortCircuitDetector(Cell, UnknownOffsetVolts, settings);
        _follower = new SetpointFollower(traits);
        _step = new StepNode(0, null, null, "record")
        {
            StepId = 1,
            Kind = StepKind.Current,
            Verb = "record",
            Limits = new LimitSet(null, null, 1, null, null, 1),
            Record = new RecordRule(null, null, null, null, null),
            SampleEverySeconds = 1,
        };
    }

    /// <summary>The cell, with its kind.</summary>
    public CellSpec Cell { get; }

    /// <summary>Half-cycles so far.</summary>
    public int HalfCycles => _halfCycle;

    /// <summary>Set-points so far.</summary>
    public int Segments => _segments;

    /// <summary>Shows a row; rows without a reading say nothing.</summary>
    public void Add(in Measurement row)
    {
        if (!double.IsFinite(row.Volts) || !double.IsFinite(row.Amperes))
        {
            return;
        }

        if (row.IsSwept)
        {
            Sweep(row);
            return;
        }

        _isSwept = false;
        Measurement? next = row with { Amperes = Read(row) };
        do
        {
            if (_follower.Take(ref next, out var ready))
            {
                Feed(ready);
            }
        }
        while (next is not null);
    }

    /// <summary>The record is over.</summary>
    public void Finish()
    {
        EndSetpoint();
        _detector.Finish();
        Collect(_detector.TakeNext());
    }

    /// <summary>The next finding; times count from the first row, the current is the one of the file.</summary>
    public bool TryTake(out DetectionEvent? finding) => _found.TryDequeue(out finding);

    private double Read(in Measurement row)
    {
        if (_traits.Reading == CurrentReading.SignOfVoltage)
        {
            var usual = Math.Max(Math.Abs(_traits.PositiveVolts), Math.Abs(_traits.NegativeVolts));
            if (row.Volts * _direction < -TurningPart * usual)
            {
                _direction = -_direction;
            }

            return Math.Abs(row.Amperes) * _direction;
        }

        return _traits.Reading == CurrentReading.Opposite ? -row.Amperes : row.Amperes;
    }

    /// <summary>Nothing is judged in a sweep: its rows end what was before, and what comes behind it begins anew.</summary>
    private void Sweep(in Measurement row)
    {
        if (_isSwept)
        {
            return;
        }

        EndSetpoint();
        _isSwept = true;
        _follower = new SetpointFollower(_traits);
        _legSign = 0;
        var setpoint = new Setpoint(OutputMode.Voltage, 0, row.Volts, null, null, null);
        _segment = new Segment(_step with { Kind = StepKind.Sweep }, setpoint, row.TimeNanoseconds, _halfCycle, ++_segments);
        _detector.BeginSegment(_segment);
    }

    private void EndSetpoint()
    {
        if (_follower.Finish(out var ready))
        {
            Feed(ready);
        }

        EndSegment();
    }

    private void Feed(ReadOnlySpan<Measurement> rows)
    {
        if (_follower.IsNew)
        {
            EndSegment();
            BeginSegment(rows[0]);
        }

        foreach (ref readonly var row in rows)
        {
            _last = new Sample(row.TimeNanoseconds, row.Volts, row.Amperes, null);
            Collect(_detector.Observe(new ReadOnlySpan<Sample>(in _last)));
        }
    }

    private void BeginSegment(in Measurement first)
    {
        if (_follower.Setpoint.Mode == OutputMode.Current && _follower.Sign != _legSign)
        {
            _legSign = _follower.Sign;
            _halfCycle++;
        }

        _segments++;
        _halfCycle = first.HalfCycle > 0 ? first.HalfCycle : _halfCycle;
        _segment = new Segment(_step, _follower.Setpoint, first.TimeNanoseconds, _halfCycle, _segments);
        _detector.BeginSegment(_segment);
    }

    private void EndSegment()
    {
        var set = _segment.Setpoint;
        if (_segments == 0 || set.Mode != OutputMode.Current || (_last.TimeNanoseconds - _segment.StartNanoseconds) * 1e-9 < ObservableSeconds)
        {
            return;
        }

        if (_detector.NotObservable() is { } blind && _unobservable.Add((long)Math.Round(20 * Math.Log10(Math.Abs(set.Amperes)))))
        {
            Collect(blind);
        }
    }

    private void Collect(DetectionEvent? finding)
    {
        for (; finding is not null; finding = _detector.TakeNext())
        {
            _found.Enqueue(_traits.Reading == CurrentReading.Opposite ? finding with { Amperes = -finding.Amperes } : finding);
        }
    }
}
