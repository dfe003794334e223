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

    private const string Reason = "the recording process ended without closing the run; the data is complete up to its last commit";

    /// <summary>
    /// Gives a run without an ending the outcome <see cref="RunOutcome.Interrupted"/>, and makes it one file. A run that somebody is
    /// recording is left alone, and so is one that is one file already, and one that the service may go on with.
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
        return Close(owned, new RunEnding(RunOutcome.Interrupted, 0, Reason, null), evenIfResumable: false) is not null;
    }

    /// <summary>Closes a run that is owned already, whatever its protocol says about going on; the time of the ending is its last record's.</summary>
    /// <returns>The ending that the file has now.</returns>
    /// <exception cref="RecordingException">The file cannot be written or is damaged.</exception>
    public static RunEnding Close(RunFolder owned, RunEnding ending)
    {
        ArgumentNullException.ThrowIfNull(owned);
        if (Close(owned, ending, evenIfResumable: true) is { } stored)
            return stored;
        using var reader = RunFileReader.Open(owned.RunFilePath);
        return reader.Ending ?? throw new RecordingException($"{owned.RunFilePath}: has no ending, and takes none");
    }

    private static RunEnding? Close(RunFolder owned, RunEnding ending, bool evenIfResumable)
    {
        using var connection = RunDatabase.Open(owned, SqliteOpenMode.ReadWrite);
        try
        {
            CheckApplication(connection, owned.RunFilePath);
            var hasEnding = connection.List("SELECT 1 FROM ending", r => r.GetInt32(0)).Count > 0;
            if (!hasEnding && !evenIfResumable && connection.List("SELECT 1 FROM run WHERE resume_within_s IS NOT NULL", r => r.GetInt32(0)).Count > 0)
                return null;
            var stored = hasEnding ? null : StoreEnding(connection, ending);
            RunDatabase.TryMakeOneFile(connection);
            connection.Dispose();
            owned.Release();
            return stored;
        }
        catch (SqliteException e)
        {
            throw RunDatabase.Explain(e, owned.RunFilePath);
        }
    }

    private static bool IsClosed(string folder, string path)
    {
        if (File.Exists(path + "-wal") || File.Exists(Path.Combine(folder, OwnershipLock.FileName)))
            return false;
        using var reader = RunFileReader.Open(path);
        return reader.Ending is not null;
    }

    private static void CheckApplication(SqliteConnection connection, string path)
    {
        if (connection.List("PRAGMA application_id", r => r.GetInt64(0)).Single() != RunSchema.ApplicationId)
            throw new RecordingException($"{path}: the process died before anything was recorded; delete the folder when you like");
    }

    private static RunEnding StoreEnding(SqliteConnection connection, RunEnding ending)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var end = connection.List(LastTime, r => r.GetInt64(0)).Single();
        using var records = new RecordInserts(connection);
        var stored = ending with { EndNanoseconds = end };
        records.Ending(stored);
        transaction.Commit();
        return stored;
    }
}
