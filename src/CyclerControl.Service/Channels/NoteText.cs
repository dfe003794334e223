using System.Globalization;
using CyclerControl.Client.Channels;

namespace CyclerControl.Service.Channels;

/// <summary>A remark as it stands in the run file.</summary>
internal static class NoteText
{
    private const int Longest = 1000;
    private const double ColdestCelsius = -100;
    private const double HottestCelsius = 400;
    private const double HighestMegapascals = 1000;

    /// <summary>All that is wrong with it.</summary>
    public static IReadOnlyList<string> Problems(NoteRequest note)
    {
        var problems = new List<string>();
        if (note.Text.Length is 0 or > Longest)
        {
            problems.Add($"text: has {note.Text.Length} characters; write 1 to {Longest}");
        }

        if (note.Celsius is { } celsius && celsius is not (>= ColdestCelsius and <= HottestCelsius))
        {
            problems.Add(Invariant($"celsius: {celsius} is outside {ColdestCelsius} to {HottestCelsius} degC"));
        }

        if (note.PressureMegapascals is { } pressure && pressure is not (>= 0 and <= HighestMegapascals))
        {
            problems.Add(Invariant($"pressure_megapascals: {pressure} is outside 0 to {HighestMegapascals} MPa"));
        }

        return problems;
    }

    public static string Of(NoteRequest note) => string.Join("; ", Parts(note));

    private static IEnumerable<string> Parts(NoteRequest note)
    {
        yield return note.Text;
        if (note.Celsius is { } celsius)
        {
            yield return Invariant($"{celsius} degC");
        }

        if (note.PressureMegapascals is { } pressure)
        {
            yield return Invariant($"{pressure} MPa");
        }

        if (note.Operator is { } name)
        {
            yield return $"({name})";
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
