using CyclerControl.Recording.Reading;
using CyclerControl.Recording.Schema;
using CyclerControl.Recording.Writing;
using CyclerControl.Testing;
using Microsoft.Data.Sqlite;

namespace CyclerControl.Recording.Tests.Reading;

/// <summary>docs/run-file.md describes every column of the file, and none that is not there.</summary>
public sealed class RunFileDocumentTests
{
    [Fact]
    public void RunFileDocument_NamesEveryTableAndColumn()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        RunDatabase.Execute(connection, RunSchema.Tables);
        var schema = connection.List(
            "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.name NOT LIKE 'sqlite_%'",
            r => (Table: r.GetString(0), Column: r.GetString(1)));
        Assert.Equal(schema.Order(), Documented().Order());
    }

    private static IEnumerable<(string Table, string Column)> Documented()
    {
        string? table = null;
        foreach (var line in File.ReadLines(Path.Combine(Checkout.Root, "docs", "run-file.md")))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
                table = null;
            else if (line.StartsWith("### `", StringComparison.Ordinal))
                table = line.Split('`')[1];
            else if (table is not null && line.StartsWith("| `", StringComparison.Ordinal))
            {
                foreach (var column in line.Split('|')[1].Split('`').Where((_, i) => i % 2 == 1))
                    yield return (table, column);
            }
        }
    }
}
