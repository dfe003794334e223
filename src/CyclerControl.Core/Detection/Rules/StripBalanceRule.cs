using CyclerControl.Core.Detection.Models;

namespace CyclerControl.Core.Detection.Rules;

/// <summary>Parameters of rule 9 for half cells.</summary>
/// <param name="ChargeError">Relative standard deviation of a charge; a range without an offset error has 1e-3.</param>
/// <param name="Sigmas">Standard deviations by which more lithium must have come off than was there.</param>
/// <param name="CapVoltageFraction">A strip that ended on its cap below this fraction of the voltage at which it was to end found lithium that was not there.</param>
public sealed record StripBalanceSettings(double ChargeError = 1e-3, double Sigmas = 3, double CapVoltageFraction = 0.5);

/// <summary>Rule 9, half cells: no more lithium can be stripped than was plated and was there.</summary>
internal sealed class StripBalanceRule
{
    private readonly StripBalanceSettings _settings;
    private readonly double _lithiumAmpHours;
    private double _grid;
    private double _plated;
    private double _stripped;
    private double _lastPlated;
    private bool? _startsPlating;
    private bool _reported;

    /// <param name="workingLithiumAmpHours">Lithium on the working electrode at the start, Ah.</param>
    public StripBalanceRule(StripBalanceSettings settings, double? workingLithiumAmpHours)
    {
        _settings = settings;
        _lithiumAmpHours = workingLithiumAmpHours ?? 0;
    }

    public Evidence? Observe(in HalfCycleRecord half)
    {
        // A cell that is stripped first holds lithium of which nobody told us.
        _startsPlating ??= half.Direction < 0 || _lithiumAmpHours > 0;
        _grid += half.ErrorAmpHours;
        if (half.Direction < 0)
        {
            _plated += half.AmpHours;
            _lastPlated = half.AmpHours;
            return null;
        }

        _stripped += half.AmpHours;
        if (_startsPlating is not true)
        {
            return null;
        }

        var error = _settings.Sigmas * _settings.ChargeError * Math.Sqrt(_plated * _plated + _stripped * _stripped) + _grid;
        var there = _plated + _lithiumAmpHours;
        if (_stripped > there + error && !_reported)
        {
            _reported = true;
            return Report(half, _stripped, there + error, "have come off the working electrode in all, more than was ever on it");
        }

        // A strip of a fixed charge out of a reservoir is capped by design: only one that took more than was just plated is news.
        return half is { CapAmpHours: { } cap, GoalVolts: { } goal, EndVolts: { } volts } && half.AmpHours >= (1 - 2 * _settings.ChargeError) * cap
            && volts < _settings.CapVoltageFraction * goal && _lithiumAmpHours <= 0 && half.AmpHours > (1 + _settings.Sigmas * _settings.ChargeError) * _lastPlated + 2 * half.ErrorAmpHours
            ? Report(half, half.AmpHours, cap, "were stripped up to the cap of the step and the voltage did not rise")
            : null;
    }

    private static Evidence Report(in HalfCycleRecord half, double ampHours, double threshold, string what) => new(
        9, DetectionKind.SoftShort, half.StartSeconds, null, ampHours, threshold, null,
        Evidence.Say($"Possible soft short: {ampHours * 1e3:G4} mAh {what} ({threshold * 1e3:G4} mAh); a part of the current is electronic."));
}
