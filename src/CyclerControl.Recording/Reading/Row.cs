using Microsoft.Data.Sqlite;

namespace CyclerControl.Recording.Reading;

/// <summary>Typed reads of nullable columns.</summary>
internal static class Row
{
    public static string? TextOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static double? RealOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);

    /// <summary>NULL is not a number.</summary>
    public static double Real(this SqliteDataReader row, int column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column);

    public static int? IntegerOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    public static long? LongOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    /// <summary>All rows of a query, read in one go, so that the read transaction is short.</summary>
    public static List<T> List<T>(this SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, long? argument = null)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant of ours
        command.CommandText = sql;
#pragma warning restore CA2100
        if (argument is { } value)
            command.Parameters.AddWithValue("$a", value);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>All rows of a table in the order of their integer key, a page at a time: constant memory, short transactions.</summary>
    /// <param name="sql">With <c>$a</c> for the last key seen, ordered by the key, limited to <paramref name="page"/> rows.</param>
    /// <param name="key">The key of a row.</param>
    public static IEnumerable<T> Pages<T>(
        this SqliteConnection connection, string sql, int page, Func<SqliteDataReader, T> read, Func<SqliteDataReader, long> key)
    {
        var last = long.MinValue;
        while (true)
        {
            var rows = connection.List(
                sql,
                row =>
                {
                    last = key(row);
                    return read(row);
                },
                last);
            foreach (var row in rows)
                yield return row;
            if (rows.Count < page)
                yield break;
        }
    }
}
