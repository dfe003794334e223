using CyclerControl.Core.Detection.Models;

namespace CyclerControl.Core.Detection.Rules;

/// <summary>Parameters of rule 6.</summary>
/// <param name="Fraction">
/// V at the new current below this fraction of what the last level promises, by the smaller of ohmic and pure interface kinetics: whatever the mixture, a
/// healthy cell shows at least that. A re-torqued stack leaves 0.80; at 0.85 and for any fall of V, simulated healthy ramps with such steps of the pressure and
/// 3 K were suspected every 11 h, at 0.75 hardly ever.
/// </param>
/// <param name="LeastRunSeconds">
/// Levels that ended earlier in the run than this are no reference, s: nucleation takes up to 40 % off the voltage in the first 2 h, most of it in the first.
/// </param>
public sealed record LinearitySettings(double Fraction = 0.75, double LeastRunSeconds = 3600);

/// <summary>Rule 6, the classic sign in a ramp of currents: the voltage does not rise with the current.</summary>
internal sealed class LinearityRule
{
    private readonly LinearitySettings _settings;
    private readonly ResistanceMemory _scale;
    private HalfCycleRecord? _positive;
    private HalfCycleRecord? _negative;

    /// <param name="scale">Knows how a healthy voltage scales with the current.</param>
    public LinearityRule(LinearitySettings settings, ResistanceMemory scale)
    {
        _settings = settings;
        _scale = scale;
    }

    /// <param name="noiseVolts">Standard deviation of the readings, V.</param>
    public Evidence? Observe(in HalfCycleRecord half, double noiseVolts)
    {
        var before = half.Direction > 0 ? _positive : _negative;
        if (half.Direction > 0)
        {
            _positive = half;
        }
        else
        {
            _negative = half;
        }

        if (before is not { EndVolts: { } lower, SetAmperes: { } less } || before.Value.EndSeconds < _settings.LeastRunSeconds
            || half.EndVolts is not { } volts || half.SetAmperes is not { } amperes || amperes <= 1.01 * less || lower <= 0)
        {
            return null;
        }

        var predicted = _scale.Scale(lower, less, amperes);
        var threshold = _settings.Fraction * predicted - 4 * noiseVolts;
        return volts < threshold
            ? new Evidence(
                6, DetectionKind.SoftShort, half.StartSeconds, predicted, volts, threshold, Evidence.Beside(predicted / amperes, volts / amperes),
                Evidence.Say($"Possible soft short: {amperes * 1e3:G3} mA show {volts * 1e3:G3} mV, after {lower * 1e3:G3} mV at {less * 1e3:G3} mA; at least {predicted * 1e3:G3} mV were expected. ")
                    + "The current has found another way than ions.")
            : null;
    }
}
