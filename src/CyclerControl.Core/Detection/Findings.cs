using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection.Rules;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Detection;

/// <summary>What was found and not yet taken: judged by the policy, each once, the most severe first.</summary>
internal sealed class Findings
{
    private readonly List<DetectionEvent> _waiting = [];
    private readonly CellKind _kind;

    public Findings(AlarmPolicySettings policy, CellKind kind)
    {
        Policy = new AlarmPolicy(policy);
        _kind = kind;
    }

    public AlarmPolicy Policy { get; }

    public ReportLedger Ledger { get; } = new();

    public bool Any => _waiting.Count > 0;

    /// <summary>Adds a finding whose severity is known, if it is new.</summary>
    public bool IsNew(int rule, DetectionKind kind, DetectionSeverity severity) => Ledger.Take(rule, kind, severity);

    /// <summary>The rule has not said anything in this half-cycle.</summary>
    public bool IsUnreported(int rule) => Ledger.IsUnreported(rule);

    public void Add(DetectionEvent found) => _waiting.Add(found);

    /// <summary>Judges what a rule found, and keeps it if it is new.</summary>
    /// <param name="sample">The sample that decided.</param>
    /// <param name="direction">Of the current that was judged, +1 or -1; mirrors the expected voltage back.</param>
    /// <param name="stands">A drop that came before still stands.</param>
    public void Add(in Evidence found, in Sample sample, int direction, bool stands)
    {
        var kind = _kind == CellKind.Full && found.Kind == DetectionKind.SoftShort ? DetectionKind.FullCellShort : found.Kind;
        var severity = Policy.Judge(found.Rule, kind, sample.TimeSeconds, found.Notable, stands);
        if (Ledger.Take(found.Rule, kind, severity))
        {
            double? expected = found.ExpectedVolts is { } volts ? DetectionSentences.Signed(volts, direction, _kind) : null;
            _waiting.Add(new DetectionEvent(
                found.Rule, kind, severity, sample.TimeSeconds, found.OnsetSeconds, sample.Volts, sample.Amperes, expected,
                found.Statistic, found.Threshold, found.ShortOhms, found.Text));
        }
    }

    /// <summary>The most severe; of several the first.</summary>
    public DetectionEvent? Take()
    {
        var best = 0;
        for (var n = 1; n < _waiting.Count; n++)
        {
            best = _waiting[n].Severity > _waiting[best].Severity ? n : best;
        }

        if (_waiting.Count == 0)
        {
            return null;
        }

        var found = _waiting[best];
        _waiting.RemoveAt(best);
        return found;
    }
}
