using CyclerControl.Core.Runs;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Reading;
using CyclerControl.Recording.Schema;
using CyclerControl.Recording.Writing;
using Microsoft.Data.Sqlite;

namespace CyclerControl.Recording.Catalogue;

/// <summary>Closes run files that their process left open.</summary>
public static class RunRecovery
{
    private const string LastTime = """
        SELECT MAX(t) FROM (
            SELECT time_ns AS t FROM progress UNION ALL SELECT MAX(end_ns) FROM steps UNION ALL SELECT MAX(time_ns) FROM events
            UNION ALL SELECT time_ns FROM checkpoint UNION ALL SELECT 0)
        """;

    /// <summary>
    /// Gives a run without an ending the outcome <see cref="RunOutcome.Interrupted"/>, and makes it one file. A run that somebody is
    /// recording is left alone, and so is one that is one file already.
    /// </summary>
    /// <param name="folder">Folder of the run.</param>
    /// <returns>True when the run was closed here.</returns>
    /// <exception cref="RecordingException">The file cannot be written or is damaged.</exception>
    public static bool TryClose(string folder)
    {
        var path = Path.Combine(folder, RunFolder.RunFileName);
        if (!File.Exists(path) || IsClosed(folder, path))
            return false;
        using var owned = RunFolder.TryOwn(folder);
        if (owned is null)
            return false;
        using var connection = RunDatabase.Open(owned, SqliteOpenMode.ReadWrite);
        try
        {
            var closed = StoreEnding(connection, path);
            RunDatabase.TryMakeOneFile(connection);
            connection.Dispose();
            owned.Release();
            return closed;
        }
        catch (SqliteException e)
        {
            throw RunDatabase.Explain(e, path);
        }
    }

    private static bool IsClosed(string folder, string path)
    {
        if (File.Exists(path + "-wal") || File.Exists(Path.Combine(folder, OwnershipLock.FileName)))
            return false;
        using var reader = RunFileReader.Open(path);
        return reader.Ending is not null;
    }

    private static bool StoreEnding(SqliteConnection connection, string path)
    {
        if (connection.List("PRAGMA application_id", r => r.GetInt64(0)).Single() != RunSchema.ApplicationId)
            throw new RecordingException($"{path}: the process died before anything was recorded; delete the folder when you like");
        if (connection.List("SELECT 1 FROM ending", r => r.GetInt32(0)).Count > 0)
            return false;
        using var transaction = connection.BeginTransaction(deferred: false);
        var end = connection.List(LastTime, r => r.GetInt64(0)).Single();
        using var records = new RecordInserts(connection);
        const string reason = "the recording process ended without closing the run; the data is complete up to its last commit";
        records.Ending(new RunEnding(RunOutcome.Interrupted, end, reason, null));
        transaction.Commit();
        return true;
    }
}
