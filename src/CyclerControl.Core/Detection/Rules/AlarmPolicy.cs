namespace CyclerControl.Core.Detection.Rules;

/// <summary>Parameters of the policy.</summary>
/// <param name="JoinFraction">A drop of this fraction aborts together with a second, independent sign; a pressure step takes 20 % and no more.</param>
/// <param name="JoinSeconds">When both come within this time, s.</param>
public sealed record AlarmPolicySettings(double JoinFraction = 0.2, double JoinSeconds = 600);

/// <summary>
/// How sure a finding makes. Abort: a hard short, a voltage that stays below half, or a large drop joined by a second sign (rules 4, 7, 8). Suspect: everything
/// else that speaks for a short. Warn: noise, contact loss, runaway. A small drop alone never aborts, and nothing that is no short does.
/// </summary>
internal sealed class AlarmPolicy
{
    private const double Epsilon = 1e-9;
    private readonly AlarmPolicySettings _settings;
    private double _dropSeconds = double.NegativeInfinity;
    private double _signSeconds = double.NegativeInfinity;

    public AlarmPolicy(AlarmPolicySettings settings) => _settings = settings;

    /// <summary>A drop of rule 3.</summary>
    /// <param name="onsetSeconds">When it began, s.</param>
    /// <param name="fraction">Lost, 0 to 1.</param>
    /// <param name="halved">It stayed below half of the model for long enough.</param>
    public DetectionSeverity Drop(double onsetSeconds, double fraction, bool halved)
    {
        if (fraction <= _settings.JoinFraction + Epsilon && !halved)
        {
            return DetectionSeverity.Suspect;
        }

        _dropSeconds = onsetSeconds;
        return halved || Math.Abs(onsetSeconds - _signSeconds) <= _settings.JoinSeconds ? DetectionSeverity.Abort : DetectionSeverity.Suspect;
    }

    /// <summary>Anything that is no drop and no hard short.</summary>
    /// <param name="stands">The drop, if there was one, still stands (or the finding is a drop itself).</param>
    public DetectionSeverity Judge(int rule, DetectionKind kind, double timeSeconds, bool notable, bool stands)
    {
        if (rule is 4 or 7 or 8)
        {
            if (DetectionWords.IsShort(kind) && stands && Math.Abs(timeSeconds - _dropSeconds) <= _settings.JoinSeconds)
            {
                return DetectionSeverity.Abort;
            }

            _signSeconds = timeSeconds;
        }

        return notable && (DetectionWords.IsShort(kind) || kind == DetectionKind.PolarityAsymmetry) ? DetectionSeverity.Suspect : DetectionSeverity.Warn;
    }
}
