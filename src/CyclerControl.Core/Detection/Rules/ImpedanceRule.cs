namespace CyclerControl.Core.Detection.Rules;

/// <summary>Parameters of rule 8.</summary>
/// <param name="ReactanceFraction">-Im Z at the lowest frequency below this fraction of the first spectrum's: a metal path has no capacitance.</param>
/// <param name="InterceptFraction">Re Z at the lowest frequency below this fraction, while the high-frequency intercept falls too.</param>
/// <param name="InterceptFall">The high-frequency intercept counts as fallen by this fraction; leads and contacts repeat within 1 %.</param>
/// <param name="FrequencyRatio">Spectra are compared when their lowest frequencies agree within this factor.</param>
public sealed record ImpedanceSettings(
    double ReactanceFraction = 0.3, double InterceptFraction = 0.8, double InterceptFall = 0.03, double FrequencyRatio = 1.5);

/// <summary>Rule 8: a spectrum against the first one of the same cell.</summary>
internal sealed class ImpedanceRule
{
    private readonly ImpedanceSettings _settings;
    private Ends? _first;

    public ImpedanceRule(ImpedanceSettings settings) => _settings = settings;

    /// <param name="points">At least two, in any order.</param>
    /// <param name="timeSeconds">Test time of the spectrum, s.</param>
    public Evidence? Observe(ReadOnlySpan<ImpedancePoint> points, double timeSeconds)
    {
        if (points.Length < 2)
        {
            return null;
        }

        var now = Ends.Of(points);
        if (_first is not { } first || now.LowHertz > _settings.FrequencyRatio * first.LowHertz || first.LowHertz > _settings.FrequencyRatio * now.LowHertz)
        {
            _first ??= now;
            return null;
        }

        var flat = first.Reactance > 0 && now.Reactance < _settings.ReactanceFraction * first.Reactance;
        var low = now.LowOhms < _settings.InterceptFraction * first.LowOhms && now.HighOhms < (1 - _settings.InterceptFall) * first.HighOhms;
        if (!flat && !low)
        {
            return null;
        }

        var (statistic, threshold) = flat
            ? (now.Reactance, _settings.ReactanceFraction * first.Reactance)
            : (now.LowOhms, _settings.InterceptFraction * first.LowOhms);
        return new Evidence(
            8, DetectionKind.SoftShort, timeSeconds, null, statistic, threshold, Evidence.Beside(first.LowOhms, now.LowOhms),
            Evidence.Say($"Possible soft short: at {now.LowHertz:G3} Hz the impedance is {now.LowOhms:G3} - {now.Reactance:G3}i ohm, {first.LowOhms:G3} - {first.Reactance:G3}i ohm in the first spectrum; ")
                + (flat ? "the cell's capacitance is bridged." : "bulk and low-frequency resistance have fallen together."));
    }

    /// <summary>The two ends of a spectrum.</summary>
    private readonly record struct Ends(double LowHertz, double LowOhms, double Reactance, double HighOhms)
    {
        public static Ends Of(ReadOnlySpan<ImpedancePoint> points)
        {
            var low = points[0];
            var high = points[0];
            foreach (var point in points)
            {
                low = point.Hertz < low.Hertz ? point : low;
                high = point.Hertz > high.Hertz ? point : high;
            }

            return new Ends(low.Hertz, low.RealOhms, -low.ImaginaryOhms, Intercept(points, high));
        }

        /// <summary>Where the imaginary part passes through zero at the high end; the highest frequency where it does not.</summary>
        private static double Intercept(ReadOnlySpan<ImpedancePoint> points, ImpedancePoint high)
        {
            if (high.ImaginaryOhms <= 0)
            {
                return high.RealOhms;
            }

            var capacitive = high with { Hertz = 0 };
            var inductive = high;
            foreach (var point in points)
            {
                capacitive = point.ImaginaryOhms <= 0 && point.Hertz > capacitive.Hertz ? point : capacitive;
            }

            foreach (var point in points)
            {
                inductive = point.ImaginaryOhms > 0 && point.Hertz > capacitive.Hertz && point.Hertz < inductive.Hertz ? point : inductive;
            }

            var share = capacitive.Hertz > 0 ? inductive.ImaginaryOhms / (inductive.ImaginaryOhms - capacitive.ImaginaryOhms) : 0;
            return inductive.RealOhms + share * (capacitive.RealOhms - inductive.RealOhms);
        }
    }
}
