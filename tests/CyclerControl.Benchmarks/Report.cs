using System.Globalization;

namespace CyclerControl.Benchmarks;

/// <summary>Figures by name, in the order in which they are printed.</summary>
internal sealed class Report
{
    private readonly List<(string Name, double Value)> figures = [];

    public Report Add(string name, double value)
    {
        figures.Add((name, value));
        return this;
    }

    /// <summary>For people line by line; with <paramref name="json"/> one JSON object as the last line.</summary>
    public void Print(TextWriter output, bool json)
    {
        foreach (var (name, value) in figures)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-32} {value:#,0.####}"));
        if (json)
        {
            var members = figures.Select(f => string.Create(CultureInfo.InvariantCulture, $"\"{f.Name}\":{f.Value:0.######}"));
            output.WriteLine($"{{{string.Join(',', members)}}}");
        }
    }
}
