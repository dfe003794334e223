using System.Globalization;

namespace CyclerControl.Instruments.Dialects.Land.Text;

/// <summary>Numbers of exports: a point before decimals, whatever the PC's language; no groups of thousands.</summary>
internal static class LandtNumber
{
    private const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static bool TryParse(ReadOnlySpan<byte> cell, out double value) =>
        double.TryParse(cell, Styles, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    public static bool TryParseWhole(ReadOnlySpan<byte> cell, out long value) => long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
