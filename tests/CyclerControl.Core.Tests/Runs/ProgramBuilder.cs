using System.Collections.Immutable;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Tests.Runs;

/// <summary>Writes small programs by hand, without the protocol reader.</summary>
internal sealed class ProgramBuilder
{
    private readonly List<ProgramNode> _nodes = [];
    private readonly Stack<(int Index, int? LastChild)> _open = new();
    private int? _lastTop;
    private int _steps;

    public static readonly LimitSet NoLimits = new(null, null, 0.2, null, null, 1);

    public Measure Measure { get; init; } = Measure.None;

    public RecordRule Record { get; init; } = new(10, null, null, null, null);

    public ProgramBuilder Rest(double seconds) => Step(StepKind.Rest, "rest", 0, s => s with { ForSeconds = seconds });

    public ProgramBuilder Charge(double amperes, Func<StepNode, StepNode> more) =>
        Step(StepKind.Current, "charge", 1, s => more(s with { Amperes = amperes }));

    public ProgramBuilder Discharge(double amperes, Func<StepNode, StepNode> more) =>
        Step(StepKind.Current, "discharge", -1, s => more(s with { Amperes = amperes }));

    public ProgramBuilder Ramped(int direction, int loop, double seconds) =>
        Step(StepKind.Current, direction > 0 ? "strip" : "plate", direction, s => s with { RampLoop = loop, ForSeconds = seconds });

    public ProgramBuilder Hold(double volts, Func<StepNode, StepNode> more) =>
        Step(StepKind.Hold, "hold", 0, s => more(s with { Volts = volts }));

    /// <param name="from">V; null: open circuit.</param>
    public ProgramBuilder Sweep(double? from, double to, double rate, Func<StepNode, StepNode>? more = null) => Step(StepKind.Sweep, "sweep", 0, s =>
    {
        var path = new SweepPath(from, to, rate);
        var step = s with { Sweep = path, AtMostAmperes = 10e-3, ForSeconds = from is { } start ? path.SecondsFrom(start) : null };
        return more is null ? step : more(step);
    });

    public ProgramBuilder Repeat(
        long passes, Action<ProgramBuilder> body, LoopExhausted exhausted = LoopExhausted.Next, Measure? measure = null, double[]? ramp = null)
    {
        var index = Add((i, parent, path) => new LoopNode(i, parent, null, path, passes, ramp?.ToImmutableArray(), exhausted, measure));
        _open.Push((index, null));
        body(this);
        _open.Pop();
        return this;
    }

    public ProgramBuilder Ramp(double[] amperes, Action<ProgramBuilder> body) => Repeat(amperes.Length, body, ramp: amperes);

    public int NextIndex => _nodes.Count;

    public RunProgram Build() => new()
    {
        ProtocolName = "test",
        ProtocolVersion = 1,
        Measure = Measure,
        Cell = new CellSpec { Kind = CellKind.Symmetric, AreaSquareCentimetres = 1 },
        Nodes = [.. _nodes],
        SampleEverySeconds = 1,
        SampleRequired = false,
        ShortCircuit = new ShortCircuitPolicy(ShortCircuitAction.Abort, ShortCircuitAction.Report, null),
        OnRestart = new ResumePolicy(null),
        OnLinkLoss = new ResumePolicy(600),
    };

    private ProgramBuilder Step(StepKind kind, string verb, int direction, Func<StepNode, StepNode> shape)
    {
        _steps++;
        var id = _steps;
        Add((i, parent, path) => shape(new StepNode(i, parent, null, path)
        {
            StepId = id,
            Kind = kind,
            Verb = verb,
            Direction = direction,
            Limits = NoLimits,
            Record = Record,
            SampleEverySeconds = 1,
        }));
        return this;
    }

    private int Add(Func<int, int?, string, ProgramNode> make)
    {
        var index = _nodes.Count;
        int? parent = _open.Count > 0 ? _open.Peek().Index : null;
        _nodes.Add(make(index, parent, $"steps[{index}]"));
        var previous = _open.Count > 0 ? _open.Peek().LastChild : _lastTop;
        if (previous is { } sibling)
        {
            _nodes[sibling] = _nodes[sibling] with { Next = index };
        }

        if (_open.Count > 0)
        {
            _open.Push((_open.Pop().Index, index));
        }
        else
        {
            _lastTop = index;
        }

        return index;
    }
}
