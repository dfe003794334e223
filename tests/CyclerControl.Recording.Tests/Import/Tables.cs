using System.Text;
using CyclerControl.Core.Detection.Replay;
using CyclerControl.Core.Documents;
using CyclerControl.Recording.Import;

namespace CyclerControl.Recording.Tests.Import;

/// <summary>Reads a whole table at once.</summary>
internal static class Tables
{
    public static (List<Measurement> Rows, IReadOnlyList<Problem> Problems, double First) Read(string text, ColumnChoice? choice = null) =>
        Read(Encoding.UTF8.GetBytes(text), choice ?? new ColumnChoice());

    public static (List<Measurement> Rows, IReadOnlyList<Problem> Problems, double First) Read(byte[] bytes, ColumnChoice choice)
    {
        var problems = new ProblemList("cell.csv");
        var rows = new List<Measurement>();
        using var table = TextMeasurements.Read(new MemoryStream(bytes), choice, problems);
        while (table.Read(out var row))
            rows.Add(row);
        return (rows, problems.Items, table.FirstSeconds);
    }
}
