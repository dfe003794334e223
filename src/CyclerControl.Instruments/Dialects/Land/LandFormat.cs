namespace CyclerControl.Instruments.Dialects.Land;

/// <summary>The files of the vendor's software that we read.</summary>
internal enum LandFormat
{
    /// <summary>Its own binary test file, known from a public reverse-engineering.</summary>
    Cex,

    /// <summary>The export with names like <c>step_time_s</c>.</summary>
    LandtCsv,

    /// <summary>The older export with tabulators and names like <c>Test(Sec)</c>.</summary>
    LandtTxt,
}

/// <summary>How formats are called, and what reads them.</summary>
internal static class LandFormats
{
    public static string NameOf(LandFormat format) => format switch
    {
        LandFormat.Cex => "land-cex",
        LandFormat.LandtCsv => "landt-csv",
        _ => "landt-txt",
    };

    /// <summary>
    /// The two public sample files are called <c>NAME_012_1.cex</c>: channel 12, and one number more. How exports are called is not known.
    /// </summary>
    public static string PatternOf(LandFormat format) => format switch
    {
        LandFormat.Cex => "*_{channel}_*.cex",
        LandFormat.LandtCsv => "*_{channel}.csv",
        _ => "*_{channel}.txt",
    };

    /// <summary>By the ending of the names; <c>.cex</c> files where there is no pattern.</summary>
    public static LandFormat OfPattern(string? pattern) => Path.GetExtension(pattern ?? "").ToLowerInvariant() switch
    {
        ".csv" => LandFormat.LandtCsv,
        ".txt" => LandFormat.LandtTxt,
        _ => LandFormat.Cex,
    };

    /// <param name="scale">Of a <c>.cex</c> file; the others are in V and A.</param>
    public static ILandParser ParserOf(LandFormat format, CexScale scale) => format switch
    {
        LandFormat.Cex => new CexParser(scale),
        LandFormat.LandtCsv => new Text.LandtTextParser(Text.LandtLayout.Csv),
        _ => new Text.LandtTextParser(Text.LandtLayout.Txt),
    };
}
