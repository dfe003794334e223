using System.Globalization;

namespace CyclerControl.Benchmarks;

/// <summary>Figures by name, in the order in which they are printed; a figure may be a report of its own.</summary>
internal sealed class Report
{
    private readonly List<(string Name, double Value, Report? Parts)> figures = [];
    private readonly List<(string Name, double Value)> asides = [];

    public Report Add(string name, double value)
    {
        figures.Add((name, value, null));
        return this;
    }

    public Report Add(string name, Report parts)
    {
        figures.Add((name, 0, parts));
        return this;
    }

    /// <summary>Printed for people only; not in the JSON, whose figures are agreed on.</summary>
    public Report Say(string name, double value)
    {
        asides.Add((name, value));
        return this;
    }

    /// <summary>For people line by line; with <paramref name="json"/> one JSON object as the last line.</summary>
    public void Print(TextWriter output, bool json)
    {
        PrintLines(output, "");
        if (json)
            output.WriteLine(Json());
    }

    private void PrintLines(TextWriter output, string prefix)
    {
        foreach (var (name, value, parts) in figures)
        {
            if (parts is null)
                PrintLine(output, prefix + name, value);
            else
                parts.PrintLines(output, $"{prefix}{name}.");
        }

        foreach (var (name, value) in asides)
            PrintLine(output, prefix + name, value);
    }

    private static void PrintLine(TextWriter output, string name, double value) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-32} {value:#,0.####}"));

    private string Json() => $"{{{string.Join(',', figures.Select(f => $"\"{f.Name}\":{f.Parts?.Json() ?? Number(f.Value)}"))}}}";

    /// <summary>JSON has no infinity and no NaN: what could not be measured is null.</summary>
    private static string Number(double value) =>
        double.IsFinite(value) ? value.ToString("0.######", CultureInfo.InvariantCulture) : "null";
}
