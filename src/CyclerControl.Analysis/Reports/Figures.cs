using System.Globalization;

namespace CyclerControl.Analysis.Reports;

/// <summary>Numbers as a chemist reads them. Rounding happens here and nowhere before.</summary>
internal static class Figures
{
    public const string Absent = "-";

    public static string Density(double? milliamperesPerSquareCentimetre) => Fixed(milliamperesPerSquareCentimetre, 2);

    public static string DensityUnit(double? value) => value is null ? "(area not given)" : Density(value) + " mA/cm2";

    /// <summary>A capacity with its unit: areal where there is an area, else as charge.</summary>
    public static string Capacity(RunReport report, double? ampHours) =>
        report.ArealCapacity(ampHours) is { } areal ? Fixed(areal, areal < 1 ? 3 : 2) + " mAh/cm2"
        : ampHours is null ? Absent
        : Fixed(ampHours * 1000, 3) + " mAh";

    public static string Fixed(double? value, int decimals) =>
        value is { } x && double.IsFinite(x) ? x.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : Absent;

    public static string Digits(double? value, int digits) =>
        value is { } x && double.IsFinite(x) ? x.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : Absent;

    public static string Percent(double? fraction, int decimals = 2) => fraction is null ? Absent : Fixed(fraction * 100, decimals) + " %";

    public static string Duration(double? seconds) => seconds switch
    {
        null => Absent,
        < 60 => Digits(seconds, 4) + " s",
        < 3600 => Digits(seconds / 60, 4) + " min",
        _ => Digits(seconds / 3600, 4) + " h",
    };
}
