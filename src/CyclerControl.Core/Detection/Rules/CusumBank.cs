using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CyclerControl.Core.Detection.Rules;

/// <summary>
/// Four one-sided CUSUMs (Page 1954) side by side on one winsorised, standardised residual: S = max(0, S + z - k), alarm where S is above h. They see a shift
/// upwards of z: give the fall of the voltage as positive.
/// </summary>
/// <remarks>A mutable value: keep it in a field, pass it by reference. One thread. No allocation.</remarks>
public struct CusumBank : IEquatable<CusumBank>
{
    private readonly Vector256<double> _reference;
    private readonly Vector256<double> _threshold;
    private readonly Vector256<double> _ceiling;
    private readonly double _winsor;
    private Vector256<double> _sum;

    /// <param name="settings">References and thresholds.</param>
    /// <param name="ceiling">Sums are held at this multiple of their threshold, so that they come down again in bounded time; infinity: never.</param>
    public CusumBank(CusumBankSettings settings, double ceiling = double.PositiveInfinity)
    {
        _winsor = settings.Winsor;
        _reference = Vector256.Create(settings.Reference1, settings.Reference2, settings.Reference3, settings.Reference4);
        _threshold = Vector256.Create(settings.Threshold1, settings.Threshold2, settings.Threshold3, settings.Threshold4);
        _ceiling = ceiling * _threshold;
    }

    /// <summary>True while the sum of one CUSUM at least is above its threshold.</summary>
    public readonly bool Alarmed => Vector256.GreaterThanAny(_sum, _threshold);

    /// <summary>True while the most cautious CUSUM, the fourth, is above zero: the last residuals were large.</summary>
    public readonly bool Suspects => _sum.GetElement(CusumBankSettings.Count - 1) > 0;

    /// <summary>Which CUSUM is furthest on its way to its threshold, 0 to 3.</summary>
    public readonly int Furthest
    {
        get
        {
            var best = 0;
            for (var n = 1; n < CusumBankSettings.Count; n++)
            {
                best = Sum(n) * Threshold(best) > Sum(best) * Threshold(n) ? n : best;
            }

            return best;
        }
    }

    /// <summary>S of one CUSUM, sigma.</summary>
    public readonly double Sum(int index) => _sum.GetElement(index);

    /// <summary>h of one CUSUM, sigma.</summary>
    public readonly double Threshold(int index) => _threshold.GetElement(index);

    /// <summary>Takes one residual in.</summary>
    /// <param name="z">Standardised residual, positive where the voltage is lower than expected; must be a number.</param>
    /// <returns>One bit for each CUSUM that is above its threshold now, the lowest for the first; 0: none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Step(double z)
    {
        var clipped = double.MinNative(double.MaxNative(z, -_winsor), _winsor);
        var sum = _sum + (Vector256.Create(clipped) - _reference);
        _sum = Vector256.MinNative(Vector256.MaxNative(sum, Vector256<double>.Zero), _ceiling);
        return Vector256.GreaterThan(_sum, _threshold).ExtractMostSignificantBits();
    }

    /// <summary>One bit for each CUSUM that stands at zero: nothing speaks for a shift.</summary>
    public readonly uint AtZero => Vector256.LessThanOrEqual(_sum, Vector256<double>.Zero).ExtractMostSignificantBits();

    /// <summary>All bits set where the CUSUM stands at zero.</summary>
    internal readonly Vector256<double> ZeroMask => Vector256.LessThanOrEqual(_sum, Vector256<double>.Zero);

    /// <summary>All sums but one are zero again.</summary>
    internal void ResetAllBut(int index) => _sum = Vector256<double>.Zero.WithElement(index, _sum.GetElement(index));

    /// <summary>All sums are zero again.</summary>
    public void Reset() => _sum = Vector256<double>.Zero;

    /// <inheritdoc/>
    public readonly bool Equals(CusumBank other) => _sum.Equals(other._sum) && _reference.Equals(other._reference)
        && _threshold.Equals(other._threshold) && _ceiling.Equals(other._ceiling) && _winsor.Equals(other._winsor);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is CusumBank other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(_sum, _reference, _threshold);

    /// <summary>Same settings and same sums.</summary>
    public static bool operator ==(CusumBank left, CusumBank right) => left.Equals(right);

    /// <summary>Other settings or other sums.</summary>
    public static bool operator !=(CusumBank left, CusumBank right) => !left.Equals(right);
}
