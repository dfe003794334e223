using System.Globalization;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Reading;
using CyclerControl.Recording.Schema;
using CyclerControl.Recording.Writing;
using Microsoft.Data.Sqlite;

namespace CyclerControl.Recording.Catalogue;

/// <summary>The file behind the list of runs. Each call is its own connection: several processes share it.</summary>
internal sealed class CatalogueDatabase(string path)
{
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS runs (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            run_id TEXT NOT NULL UNIQUE,
            channel TEXT NOT NULL,
            protocol TEXT NOT NULL,
            started_utc TEXT NOT NULL,
            end_ns INTEGER,
            outcome TEXT
        );
        PRAGMA user_version = 1;
        """;

    private const string Upsert = """
        INSERT INTO runs (run_id, channel, protocol, started_utc, end_ns, outcome) VALUES ($id, $channel, $protocol, $started, $end, $outcome)
        ON CONFLICT (run_id) DO UPDATE SET end_ns = excluded.end_ns, outcome = excluded.outcome
        """;

    public void Store(CatalogueEntry entry) => Use(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = Upsert;
        command.Parameters.AddWithValue("$id", entry.RunId);
        command.Parameters.AddWithValue("$channel", entry.Channel);
        command.Parameters.AddWithValue("$protocol", entry.Protocol);
        command.Parameters.AddWithValue("$started", entry.StartedUtc.ToString("O", CultureInfo.InvariantCulture));
        command.Parameters.AddWithValue("$end", (object?)entry.EndNanoseconds ?? DBNull.Value);
        command.Parameters.AddWithValue("$outcome", entry.Outcome is { } outcome ? FileWord.Of(outcome) : DBNull.Value);
        return command.ExecuteNonQuery();
    });

    /// <summary>In the order in which they were recorded.</summary>
    /// <param name="folderOf">Folder of a run.</param>
    public List<CatalogueEntry> Read(Func<string, string> folderOf) => Use(connection => connection.List(
        "SELECT run_id, channel, protocol, started_utc, end_ns, outcome FROM runs ORDER BY substr(run_id, 1, 15), number",
        r => new CatalogueEntry(
            r.GetString(0),
            r.GetString(1),
            r.GetString(2),
            DateTimeOffset.Parse(r.GetString(3), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            r.LongOrNull(4),
            r.TextOrNull(5) is { } word ? FileWord.Parse<RunOutcome>(word) : null,
            folderOf(r.GetString(0)))));

    public void Forget(string runId) => Use(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM runs WHERE run_id = $id";
        command.Parameters.AddWithValue("$id", runId);
        return command.ExecuteNonQuery();
    });

    /// <summary>A damaged list is thrown away: it holds nothing that the runs themselves do not.</summary>
    private T Use<T>(Func<SqliteConnection, T> action)
    {
        try
        {
            return UseOnce(action);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT)
        {
            File.Delete(path);
            return UseOnce(action);
        }
        catch (SqliteException e)
        {
            throw RunDatabase.Explain(e, path);
        }
    }

    private T UseOnce<T>(Func<SqliteConnection, T> action)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        RunDatabase.Execute(connection, "PRAGMA busy_timeout = 5000");
        if (connection.List("PRAGMA user_version", r => r.GetInt64(0)).Single() == 0)
            RunDatabase.Execute(connection, Tables);
        return action(connection);
    }
}
