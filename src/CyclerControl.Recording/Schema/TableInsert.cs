using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CyclerControl.Recording.Schema;

/// <summary>A prepared insert of whole rows into one table, for everything but samples.</summary>
internal sealed class TableInsert : IDisposable
{
    private readonly SqliteCommand command;

    public TableInsert(SqliteConnection connection, string table, int columns, bool replace = false)
    {
        command = connection.CreateCommand();
        var names = Enumerable.Range(1, columns).Select(i => string.Create(CultureInfo.InvariantCulture, $"$p{i}")).ToArray();
#pragma warning disable CA2100 // Table names are ours
        command.CommandText = $"INSERT {(replace ? "OR REPLACE " : "")}INTO {table} VALUES ({string.Join(", ", names)})";
#pragma warning restore CA2100
        foreach (var name in names)
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
    }

    /// <summary>One value for each column, null for NULL.</summary>
    public void Run(params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            // A NULL and a number bind differently: let each value choose its own type.
            command.Parameters[i].ResetSqliteType();
            command.Parameters[i].Value = values[i] switch
            {
                null => DBNull.Value,
                double d when double.IsNaN(d) => DBNull.Value,
                var value => value,
            };
        }

        command.ExecuteNonQuery();
    }

    public void Dispose() => command.Dispose();
}
