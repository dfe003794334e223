using System.Globalization;
using System.Text.RegularExpressions;

namespace CyclerControl.Repository.Tests.Readme;

/// <summary>Compares what a program printed with what a page shows: words exactly, numbers within a tolerance (libm differs), paths not at all.</summary>
internal static partial class TerminalText
{
    private const double Relative = 0.02;
    private const double Absolute = 0.02;

    /// <summary>A line that was printed because so much real time had passed.</summary>
    public static bool IsProgress(string line) => Progress().IsMatch(line);

    /// <summary>The words of a line, its numbers as #.</summary>
    public static string Words(string line) => Spaces().Replace(Number().Replace(Place().Replace(line, "PLACE"), "#"), " ").Trim();

    public static bool AreAlike(string shown, string printed)
    {
        if (Words(shown) != Words(printed))
        {
            return false;
        }

        var numbers = Numbers(shown).Zip(Numbers(printed));
        return numbers.All(pair => Math.Abs(pair.First - pair.Second) <= Absolute + (Relative * Math.Abs(pair.Second)));
    }

    private static IEnumerable<double> Numbers(string line) => Number().Matches(Place().Replace(line, "PLACE")).Select(m => m.Value.Contains(':', StringComparison.Ordinal)
        ? TimeSpan.Parse(m.Value, CultureInfo.InvariantCulture).TotalSeconds
        : double.Parse(m.Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^(\d+ d )?\d\d:\d\d:\d\d  half-cycle .* x\d+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Progress();

    [GeneratedRegex(@"\d+:\d\d:\d\d|\d+(\.\d+)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"(/.*)?cycler-data/runs/\S+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();

    [GeneratedRegex(" +", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
