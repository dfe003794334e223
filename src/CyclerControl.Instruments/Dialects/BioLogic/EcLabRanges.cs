using System.Collections.Immutable;
using CyclerControl.Core.Channels;

namespace CyclerControl.Instruments.Dialects.BioLogic;

/// <summary>The vendor's codes of current and voltage ranges. Always fixed ones: automatic current ranging is not allowed with limits.</summary>
internal static class EcLabRanges
{
    /// <summary>Code of the booster.</summary>
    public const int Booster = 11;

    private const int LowestAmperes = -10;
    private const int HighestCode = 10;

    /// <summary>Code of a range of a profile; null where the vendor has none with this maximum.</summary>
    /// <param name="name">A booster is told by its name.</param>
    /// <param name="maxAmperes">A power of ten from 100 pA to 1 A; 1 pA and 10 pA are the two below.</param>
    public static int? CurrentCode(string name, double maxAmperes)
    {
        if (name.Contains("booster", StringComparison.OrdinalIgnoreCase))
        {
            return Booster;
        }

        var exponent = (int)Math.Round(Math.Log10(maxAmperes));
        if (Math.Abs(maxAmperes / Math.Pow(10, exponent) - 1) > 1e-9)
        {
            return null;
        }

        return exponent switch
        {
            -11 => 13,
            -12 => 14,
            >= LowestAmperes and <= LowestAmperes + HighestCode => exponent - LowestAmperes,
            _ => null,
        };
    }

    /// <summary>The lowest range that carries this current; null where none does.</summary>
    public static CurrentRange? RangeFor(ImmutableArray<CurrentRange> ranges, double amperes)
    {
        foreach (var range in ranges)
        {
            if (Math.Abs(amperes) <= range.MaxAmperes)
            {
                return range;
            }
        }

        return null;
    }

    /// <summary>The narrowest voltage range around this |V|: 0 is 2.5 V, 1 is 5 V, 2 is 10 V.</summary>
    public static int VoltageCode(double volts) => volts <= 2.5 ? 0 : volts <= 5 ? 1 : 2;
}
