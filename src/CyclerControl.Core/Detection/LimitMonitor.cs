using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Detection;

/// <summary>
/// Judges the configured limits of the present segment, by direction. Pure: samples in, breach out; no allocation while nothing is breached. One thread.
/// </summary>
/// <remarks>
/// <c>voltage.max</c> is judged while the current charges or in a hold, <c>voltage.min</c> while it discharges or in a hold; at rest either is reported once
/// in a run (<see cref="LimitBreach.Trips"/> is false). Every breach needs 3 samples and its <c>longer_than</c>. Blanking excuses a deviation from the
/// set-point while the output slews, and nothing else. A clamp at the instrument's compliance is no deviation: at the compliance of a goal it is nothing,
/// at the limit itself it is the voltage limit.
/// </remarks>
public sealed class LimitMonitor
{
    /// <summary>Fewest samples of any breach.</summary>
    public const int LeastSamples = 3;

    private readonly BlankingSettings _blankingSettings;
    private Segment _segment;
    private LimitSet? _limits;
    private Blanking _blanking;
    private BreachTimer _minVolts;
    private BreachTimer _maxVolts;
    private BreachTimer _maxAmperes;
    private BreachTimer _deviation;
    private bool _minReportedAtRest;
    private bool _maxReportedAtRest;

    public LimitMonitor()
        : this(new BlankingSettings())
    {
    }

    /// <param name="blanking">How long a deviation is excused after a programmed change.</param>
    public LimitMonitor(BlankingSettings blanking) => _blankingSettings = blanking;

    /// <summary>A programmed change: the limits of the new step, counters reset.</summary>
    public void BeginSegment(in Segment segment)
    {
        _segment = segment;
        _limits = segment.Step.Limits;
        _blanking = new Blanking(segment.StartNanoseconds);
        _minVolts = default;
        _maxVolts = default;
        _maxAmperes = default;
        _deviation = default;
    }

    /// <summary>Null while all is well. A reading that is no number changes nothing.</summary>
    public LimitBreach? Observe(in Sample sample)
    {
        if (_limits is not { } limits || !double.IsFinite(sample.Volts) || !double.IsFinite(sample.Amperes))
        {
            return null;
        }

        var clamp = ComplianceClamp.Of(_segment.Setpoint, limits, sample);
        return CurrentMax(limits, sample) ?? VoltageMax(limits, sample, clamp) ?? VoltageMin(limits, sample, clamp) ?? Deviation(limits, sample, clamp);
    }

    private bool AtRest => _segment.Setpoint is { Mode: OutputMode.Rest } or { Mode: OutputMode.Current, Amperes: 0 };

    /// <summary>The programmed direction counts, and so does a current that really flows the other way.</summary>
    private bool Flows(int direction, in Sample sample) => AtRest
        || _segment.Setpoint.Mode == OutputMode.Voltage
        || Math.Sign(_segment.Setpoint.Amperes) == direction
        || sample.Amperes * direction > 0.1 * Math.Abs(_segment.Setpoint.Amperes);

    private LimitBreach? CurrentMax(LimitSet limits, in Sample sample)
    {
        var holds = limits.MaxAmperes is { } bound && Math.Abs(sample.Amperes) > bound;
        return _maxAmperes.Observe(holds, sample.TimeSeconds, LeastSamples, limits.CurrentLongerThanSeconds)
            ? LimitSentences.CurrentMax(limits.MaxAmperes!.Value, sample, _maxAmperes)
            : null;
    }

    private LimitBreach? VoltageMax(LimitSet limits, in Sample sample, ComplianceClamp clamp)
    {
        var holds = limits.MaxVolts is { } bound && Flows(+1, sample) && (sample.Volts > bound || clamp == ComplianceClamp.AtUpperLimit);
        if (!_maxVolts.Observe(holds, sample.TimeSeconds, LeastSamples, limits.VoltageLongerThanSeconds) || (AtRest && _maxReportedAtRest))
        {
            return null;
        }

        _maxReportedAtRest |= AtRest;
        return LimitSentences.Voltage("voltage.max", limits.MaxVolts!.Value, sample, _maxVolts, AtRest, clamp);
    }

    private LimitBreach? VoltageMin(LimitSet limits, in Sample sample, ComplianceClamp clamp)
    {
        var holds = limits.MinVolts is { } bound && Flows(-1, sample) && (sample.Volts < bound || clamp == ComplianceClamp.AtLowerLimit);
        if (!_minVolts.Observe(holds, sample.TimeSeconds, LeastSamples, limits.VoltageLongerThanSeconds) || (AtRest && _minReportedAtRest))
        {
            return null;
        }

        _minReportedAtRest |= AtRest;
        return LimitSentences.Voltage("voltage.min", limits.MinVolts!.Value, sample, _minVolts, AtRest, clamp);
    }

    private LimitBreach? Deviation(LimitSet limits, in Sample sample, ComplianceClamp clamp)
    {
        var blanked = _blanking.Covers(sample.TimeSeconds, _blankingSettings);
        var setpoint = _segment.Setpoint;
        var holds = !blanked && clamp == ComplianceClamp.None && setpoint is { Mode: OutputMode.Current, Amperes: not 0 }
            && limits.DeviationFraction is { } bound && Math.Abs(sample.Amperes - setpoint.Amperes) > bound * Math.Abs(setpoint.Amperes);
        return _deviation.Observe(holds, sample.TimeSeconds, LeastSamples, limits.CurrentLongerThanSeconds)
            ? LimitSentences.Deviation(limits.DeviationFraction!.Value, setpoint.Amperes, sample, _deviation)
            : null;
    }
}
