using CyclerControl.Recording.Files;
using CyclerControl.Recording.Schema;
using Microsoft.Data.Sqlite;

namespace CyclerControl.Recording.Writing;

/// <summary>Opens the one writing connection to a run file, with the settings that make a commit durable.</summary>
internal static class RunDatabase
{
    /// <summary>An open connection to a run file that need not exist yet.</summary>
    public static SqliteConnection Open(RunFolder folder, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = folder.RunFilePath,
            Mode = mode,
            Pooling = false,
        }.ConnectionString);
        try
        {
            connection.Open();
            Execute(connection, RunSchema.Pragmas);
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw Explain(e, folder.RunFilePath);
        }
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant of ours
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Makes the run one file: everything out of the write-ahead log, and the log gone. False when a reader has the file open; the run is
    /// complete and durable all the same, and the next look at the catalogue tries again.
    /// </summary>
    public static bool TryMakeOneFile(SqliteConnection connection)
    {
        try
        {
            Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE);");
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA busy_timeout = 200; PRAGMA journal_mode = DELETE;";
            command.CommandTimeout = 1;
            return string.Equals(command.ExecuteScalar() as string, "delete", StringComparison.Ordinal);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED)
        {
            return false;
        }
    }

    /// <summary>What, where, and what to do about it.</summary>
    public static RecordingException Explain(SqliteException e, string path) => new(Text(e, path), e);

    public static string Text(SqliteException e, string path) => e.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_FULL => $"{path}: disk full; free some space, or choose another data folder with --data",
        SQLitePCL.raw.SQLITE_IOERR => $"{path}: the disk reports an error ({e.Message}); check the disk before the next run",
        SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM =>
            $"{path}: cannot be written ({e.Message}); check the permissions of the data folder",
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED =>
            $"{path}: locked by another program; open run files read-only while they are recorded",
        SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB =>
            $"{path}: not a sound run file ({e.Message}); keep it, and restore it from a copy",
        _ => $"{path}: {e.Message}",
    };
}
