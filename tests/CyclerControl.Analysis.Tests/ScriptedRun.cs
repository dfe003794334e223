using CyclerControl.Analysis.Reports;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Tests;

/// <summary>Writes the records of a run by hand: steps with a voltage over time, rows as irregular as wanted.</summary>
internal sealed class ScriptedRun
{
    private readonly List<StepRecord> _steps = [];
    private readonly List<SampleRow> _rows = [];
    private readonly List<RunEvent> _events = [];
    private long _now;
    private int _count;
    private int _sign;
    private int _firstSign;
    private int _halfCycle;
    private int _cycle;
    private double _charging;
    private double _discharging;

    public CellSpec Cell { get; init; } = new() { Kind = CellKind.Symmetric, AreaSquareCentimetres = 0.785 };

    public Measure Measure { get; init; } = Measure.Ccd;

    public bool Simulated { get; init; }

    /// <summary>Step times of the recorded rows besides the end, s.</summary>
    public Func<double, IEnumerable<double>> Grid { get; init; } = seconds => Enumerable.Range(1, 10).Select(i => seconds * i / 10);

    public double NowSeconds => _now * 1e-9;

    public IReadOnlyList<SampleRow> Rows => _rows;

    public IReadOnlyList<StepRecord> Steps => _steps;

    public List<RunEvent> Events => _events;

    public double DensityToAmperes(double milliamperesPerSquareCentimetre) =>
        milliamperesPerSquareCentimetre * 1e-3 * Cell.AreaSquareCentimetres!.Value;

    public ScriptedRun Rest(double seconds, double volts = 0, Func<double, double>? trace = null, int? block = null) =>
        Step(new Line { Seconds = seconds, Volts = trace ?? (_ => volts), Path = "steps[0]", Verb = "rest", Block = block });

    public ScriptedRun Current(double amperes, double seconds, Func<double, double> volts, Func<Line, Line>? more = null)
    {
        var line = new Line { Amperes = amperes, Seconds = seconds, Volts = volts, Verb = amperes < 0 ? "plate" : "strip" };
        return Step(more is null ? line : more(line));
    }

    /// <summary>One level of a ramp: plate, then strip, V = I R.</summary>
    public ScriptedRun Level(int pass, double density, double ohms = 100, double seconds = 3600, StepEnd end = StepEnd.Time)
    {
        var amperes = DensityToAmperes(density);
        return Half(pass, -amperes, ohms, seconds, end).Half(pass, amperes, ohms, seconds, end);
    }

    public ScriptedRun Half(int pass, double amperes, double ohms = 100, double seconds = 3600, StepEnd end = StepEnd.Time) =>
        Current(amperes, seconds, _ => amperes * ohms, l => l with
        {
            RampPass = pass,
            End = end,
            Path = amperes < 0 ? "steps[1].steps[0]" : "steps[1].steps[1]",
            StepId = amperes < 0 ? 2 : 3,
        });

    public ScriptedRun Step(Line line)
    {
        _count++;
        var start = _now;
        if (line.Amperes != 0 && Math.Sign(line.Amperes) != _sign)
        {
            _sign = Math.Sign(line.Amperes);
            _firstSign = _firstSign == 0 ? _sign : _firstSign;
            _halfCycle++;
            _cycle += _sign == _firstSign ? 1 : 0;
        }

        foreach (var t in Grid(line.Seconds).Where(t => t > 0 && t <= line.Seconds).Append(line.Seconds).Distinct().Order())
        {
            var ampHours = Math.Abs(line.Amperes) * t / 3600;
            var (up, down) = line.Amperes > 0 ? (ampHours, 0.0) : (0.0, ampHours);
            _rows.Add(new SampleRow(
                start + Nanoseconds.FromSeconds(t), line.Volts(t), line.Amperes, line.Celsius, Nanoseconds.FromSeconds(t), _count, line.StepId, _cycle,
                _halfCycle, _charging + up, _discharging + down, 0, 0, up, down, RowReason.Rule));
        }

        var total = Math.Abs(line.Amperes) * line.Seconds / 3600;
        _charging += line.Amperes > 0 ? total : 0;
        _discharging += line.Amperes < 0 ? total : 0;
        _now += Nanoseconds.FromSeconds(line.Seconds);
        if (line.Recorded)
        {
            _steps.Add(new StepRecord(
                _count, line.StepId, line.Path, line.Verb, null, line.Amperes == 0 || line.Verb == "sweep" ? null : line.Amperes, line.Verb == "sweep" ? line.Volts(line.Seconds) : null, line.RampPass, _cycle, _halfCycle,
                line.Block, line.BlockCycle, start, _now, line.Amperes > 0 ? total : 0, line.Amperes < 0 ? total : 0, 0, 0, line.Volts(0),
                line.Volts(line.Seconds), line.End, false, null));
        }

        return this;
    }

    public ScriptedRun Detect(DetectionKind kind, double? atSeconds = null, DetectionSeverity severity = DetectionSeverity.Abort)
    {
        var at = atSeconds ?? NowSeconds;
        _events.Add(new RunEvent(Nanoseconds.FromSeconds(at), "detection", kind.ToString(), Detection(kind, at, severity)));
        return this;
    }

    public static DetectionEvent Detection(DetectionKind kind, double atSeconds, DetectionSeverity severity = DetectionSeverity.Abort) =>
        new(1, kind, severity, atSeconds, atSeconds, 0.0004, -0.0005, 0.1, 3, 2, 0.8, $"{kind} seen");

    public ScriptedRun Event(string kind, string message = "", double? atSeconds = null)
    {
        _events.Add(new RunEvent(Nanoseconds.FromSeconds(atSeconds ?? NowSeconds), kind, message));
        return this;
    }

    public RunReport Report(RunOutcome? outcome, string reason = "all steps done", IEnumerable<SampleRow>? rows = null)
    {
        var last = outcome is RunOutcome.ShortFound or RunOutcome.Tripped ? _events.LastOrDefault(e => e.Detection is not null)?.Detection : null;
        var ending = outcome is { } known ? new RunEnding(known, _now, reason, last) : null;
        return RunReportBuilder.Build(Header, _steps, _events, rows ?? _rows, ending);
    }

    public RunHeader Header => new()
    {
        RunId = "20260101-000000-demo-1-abcd",
        ChannelId = "demo/1",
        StartedUtc = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Simulated = Simulated,
        ProtocolName = "scripted",
        ProtocolVersion = 1,
        Measure = Measure,
        ProtocolText = "protocol: scripted\n",
        ProtocolSha256 = "00ff",
        Parameters = new Dictionary<string, string>(StringComparer.Ordinal),
        Cell = Cell,
        Profile = "simulated-8ch",
        ProfileText = "",
        SoftwareVersion = "0.1.0",
    };

    internal sealed record Line
    {
        public double Amperes { get; init; }

        public double Seconds { get; init; }

        public required Func<double, double> Volts { get; init; }

        public string Path { get; init; } = "steps[1]";

        public string Verb { get; init; } = "rest";

        public int StepId { get; init; } = 1;

        public int? RampPass { get; init; }

        public int? Block { get; init; }

        public int? BlockCycle { get; init; }

        public StepEnd End { get; init; } = StepEnd.Time;

        public double? Celsius { get; init; }

        /// <summary>False: the step has rows and no result, as after a crash.</summary>
        public bool Recorded { get; init; } = true;
    }
}
