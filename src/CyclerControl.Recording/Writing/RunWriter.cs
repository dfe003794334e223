using CyclerControl.Core.Runs;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Reading;
using CyclerControl.Recording.Schema;
using Microsoft.Data.Sqlite;

namespace CyclerControl.Recording.Writing;

/// <summary>The one connection that writes a run file. One thread at a time; nothing is durable before <see cref="Commit"/> has returned.</summary>
internal sealed class RunWriter : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly RawStatement begin;
    private readonly RawStatement commit;
    private readonly SampleInsert samples;
    private readonly ProgressInsert progress;
    private readonly RecordInserts records;
    private bool inTransaction;

    /// <summary>Commits until the log that a dead process left may be moved into the file, and the setting that holds from then on.</summary>
    private (int Commits, int CheckpointPages) fold;

    private RunWriter(SqliteConnection connection)
    {
        this.connection = connection;
        begin = new RawStatement(connection, "BEGIN IMMEDIATE");
        commit = new RawStatement(connection, "COMMIT");
        samples = new SampleInsert(connection);
        progress = new ProgressInsert(connection);
        records = new RecordInserts(connection);
    }

    /// <summary>
    /// Moving a log of megabytes into its file takes tens of milliseconds: when hundreds of runs are taken up at once, none waits for that before it
    /// can go on. Each does it some dozens of commits later, by its name not all at the same one.
    /// </summary>
    internal const int FewestCommitsBeforeFold = 30;

    /// <summary>See <see cref="FewestCommitsBeforeFold"/>.</summary>
    internal const int MostCommitsBeforeFold = FewestCommitsBeforeFold + 63;

    /// <summary>Sample rows written, committed or not.</summary>
    public long Rows { get; private set; }

    /// <summary>Something was written since the last commit.</summary>
    public bool Dirty => inTransaction;

    /// <summary>Makes the run file; its header is durable when this returns.</summary>
    /// <exception cref="RecordingException">It cannot be made.</exception>
    public static RunWriter Create(RunFolder folder, RunHeader header, RunWriterOptions options)
    {
        var opened = RunDatabase.Open(folder, SqliteOpenMode.ReadWriteCreate);
        try
        {
            RunDatabase.Execute(opened, FormattableString.Invariant(
                $"PRAGMA cache_size = -{options.CacheKibibytes}; PRAGMA wal_autocheckpoint = {options.CheckpointPages};"));
            using (var transaction = opened.BeginTransaction())
            {
                RunDatabase.Execute(opened, RunSchema.Tables);
                transaction.Commit();
            }

            var writer = new RunWriter(opened);
            writer.Begin();
            HeaderInsert.Write(opened, header);
            writer.Commit();
            if (options.MaxPages is { } pages)
                RunDatabase.Execute(opened, FormattableString.Invariant($"PRAGMA max_page_count = {pages};"));
            return writer;
        }
        catch (SqliteException e)
        {
            opened.Dispose();
            throw RunDatabase.Explain(e, folder.RunFilePath);
        }
    }

    /// <summary>Opens the file of a run that was interrupted, to go on with it: header and rows stay as they are.</summary>
    /// <exception cref="RecordingException">It cannot be written, is no run file of this version, or has its ending.</exception>
    public static RunWriter Resume(RunFolder folder, RunWriterOptions options)
    {
        var opened = RunDatabase.Open(folder, SqliteOpenMode.ReadWrite);
        try
        {
            RunFileReader.Check(opened, folder.RunFilePath);
            if (opened.List("SELECT 1 FROM ending", r => r.GetInt32(0)).Count > 0)
                throw new RecordingException($"{folder.RunFilePath}: the run has ended; nothing is added to it");
            RunDatabase.Execute(opened, FormattableString.Invariant(
                $"PRAGMA cache_size = -{options.CacheKibibytes}; PRAGMA wal_autocheckpoint = 0;"));
            var writer = new RunWriter(opened)
            {
                Rows = opened.List("SELECT COALESCE(MAX(sample_id), 0) FROM samples", r => r.GetInt64(0)).Single(),
                fold = (FewestCommitsBeforeFold + (folder.RunId.Sum(c => c) % (MostCommitsBeforeFold - FewestCommitsBeforeFold + 1)), options.CheckpointPages),
            };
            writer.samples.Resume();
            writer.progress.Resume(opened.List("SELECT celsius_rows FROM progress", r => r.GetInt64(0)).SingleOrDefault());
            return writer;
        }
        catch (SqliteException e)
        {
            opened.Dispose();
            throw RunDatabase.Explain(e, folder.RunFilePath);
        }
        catch (RecordingException)
        {
            opened.Dispose();
            throw;
        }
    }

    public void Write(in RecordSlot slot)
    {
        Begin();
        switch (slot.Kind)
        {
            case RecordKind.Sample:
                samples.Write(in slot.Row);
                progress.Keep(in slot.Row);
                Rows++;
                break;
            case RecordKind.Step:
                records.Step((StepRecord)slot.Item!);
                break;
            case RecordKind.Checkpoint:
                records.Checkpoint(slot.TimeNanoseconds, Rows, (byte[])slot.Item!);
                break;
            case RecordKind.Ending:
                records.Ending((RunEnding)slot.Item!);
                break;
            default:
                records.Write(slot.Item!);
                break;
        }
    }

    public void Write(in StepRecord step)
    {
        Begin();
        records.Step(in step);
    }

    /// <summary>Everything written so far is durable when this returns.</summary>
    public void Commit()
    {
        if (!inTransaction)
            return;
        progress.Write(Rows);
        commit.Run();
        inTransaction = false;
        if (fold.Commits > 0 && --fold.Commits == 0)
            RunDatabase.Execute(connection, FormattableString.Invariant($"PRAGMA wal_autocheckpoint = {fold.CheckpointPages};"));
    }

    /// <summary>Gives up what is not committed, so that something small may still fit.</summary>
    public void Rollback()
    {
        if (inTransaction)
        {
            inTransaction = false;
            if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
                RunDatabase.Execute(connection, "ROLLBACK");
        }
    }

    /// <summary>False when a reader prevents it.</summary>
    public bool TryMakeOneFile()
    {
        ReleaseStatements();
        return RunDatabase.TryMakeOneFile(connection);
    }

    /// <summary>Text and number of a pragma, as the live connection has it.</summary>
    public object? Pragma(string name)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of pragmas are ours
        command.CommandText = $"PRAGMA {name}";
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    public void Dispose()
    {
        ReleaseStatements();
        connection.Dispose();
    }

    private void Begin()
    {
        if (inTransaction)
            return;
        begin.Run();
        inTransaction = true;
    }

    private void ReleaseStatements()
    {
        begin.Dispose();
        commit.Dispose();
        samples.Dispose();
        progress.Dispose();
        records.Dispose();
    }
}
