using CyclerControl.Core.Runs;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Reading;
using CyclerControl.Recording.Schema;
using Microsoft.Data.Sqlite;

namespace CyclerControl.Recording.Catalogue;

/// <summary>Finds the runs that a dead process left open. Looks at single rows by their keys: the length of a run does not matter.</summary>
public static class UnfinishedRuns
{
    private const string LastMessage = """
        SELECT message FROM events
        WHERE event_id > (SELECT MAX(event_id) FROM events) - 1000 AND kind = '{0}' ORDER BY event_id DESC LIMIT 1
        """;

    /// <summary>Takes possession of every run that has no ending and no owner. Runs that have ended, and only were not put away, are put away.</summary>
    /// <param name="problems">One sentence for each folder that could not be read; the folder is left as it is.</param>
    public static IReadOnlyList<UnfinishedRun> Take(DataFolder data, ICollection<string> problems)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(problems);
        var runs = new List<UnfinishedRun>();
        foreach (var folder in Directory.GetDirectories(data.RunsPath).Order(StringComparer.Ordinal))
        {
            try
            {
                // The lock is made with the folder and removed when the run has ended.
                if (File.Exists(Path.Combine(folder, OwnershipLock.FileName)) && RunFolder.TryOwn(folder) is { } owned && Read(owned) is { } run)
                    runs.Add(run);
            }
            catch (RecordingException e)
            {
                problems.Add(e.Message);
            }
        }

        return runs;
    }

    private static UnfinishedRun? Read(RunFolder owned)
    {
        UnfinishedRun? run = null;
        try
        {
            if (!File.Exists(owned.RunFilePath))
                return null;
            using (var connection = RunFileReader.Connect(owned.RunFilePath))
                run = connection.List("SELECT 1 FROM ending", r => r.GetInt32(0)).Count > 0 ? null : Read(owned, connection);
            if (run is null)
                RunRecovery.Close(owned, new RunEnding(RunOutcome.Interrupted, 0, "", null)); // It has its ending: it is put away.
            return run;
        }
        catch (SqliteException e)
        {
            throw Writing.RunDatabase.Explain(e, owned.RunFilePath);
        }
        finally
        {
            if (run is null)
                owned.Dispose();
        }
    }

    private static UnfinishedRun Read(RunFolder owned, SqliteConnection connection)
    {
        var checkpoint = connection.List(
            "SELECT time_ns, after_sample_id, state FROM checkpoint",
            r => new StoredCheckpoint(r.GetInt64(0), r.GetInt64(1), (byte[])r.GetValue(2))).SingleOrDefault();
        var rows = Number(connection, "SELECT MAX(sample_id) FROM samples");
        var after = checkpoint?.AfterRows ?? 0;
        using var samples = new SampleReader(connection);
        var last = rows > 0 ? samples.Row(rows) : null;
        return new UnfinishedRun
        {
            Folder = owned,
            Header = RecordReads.Header(connection),
            Progress = new DurableProgress(
                checkpoint?.State,
                rows > after ? samples.Row(after + 1) : null,
                rows > after ? last : null,
                rows - after,
                (int)Number(connection, "SELECT MAX(step_count) FROM steps")),
            VoltsBeforeLeg = connection.List(
                "SELECT end_volts FROM steps WHERE half_cycle < $a ORDER BY step_count DESC LIMIT 1", r => r.RealOrNull(0), last?.HalfCycle ?? 0).SingleOrDefault(),
            Bursts = (int)Number(connection, "SELECT burst FROM bursts ORDER BY burst_sample_id DESC LIMIT 1"),
            Ticket = connection.List(
                $"SELECT message FROM events WHERE event_id <= 1000 AND kind = '{ScheduleEvents.Started}' ORDER BY event_id DESC LIMIT 1", r => r.GetString(0)).SingleOrDefault(),
            IsConfirmedOff = Number(connection, "SELECT COUNT(*) FROM events WHERE event_id > (SELECT MAX(event_id) FROM events) - 1000 AND kind = 'output_off'") > 0,
            PauseReason = Message(connection, "paused"),
            Ended = EndingOf(connection),
        };
    }

    /// <summary>A burst may be recorded for a minute after the end of a run: its result must not be lost with it.</summary>
    private static RunEnding? EndingOf(SqliteConnection connection)
    {
        var last = connection.List(
            $"""
            SELECT e.time_ns, e.message, {RecordReads.DetectionColumns} FROM events e LEFT JOIN detections d USING (detection_id)
            WHERE e.event_id > (SELECT MAX(event_id) FROM events) - 1000 AND e.kind = 'run_ended' ORDER BY e.event_id DESC LIMIT 1
            """,
            r => new RunEnding(RunOutcome.Interrupted, r.GetInt64(0), r.GetString(1), RecordReads.Detection(r, 2))).SingleOrDefault();
        if (last is null)
            return null;
        var causes = connection.List(
            "SELECT kind, message FROM events WHERE event_id > (SELECT MAX(event_id) FROM events) - 1000 AND kind IN ('limit', 'fault')",
            r => (Kind: r.GetString(0), Message: r.GetString(1))).Where(e => e.Message == last.Reason).Select(e => e.Kind).ToList();
        var end = connection.List("SELECT ended_by FROM steps ORDER BY step_count DESC LIMIT 1", r => FileWord.Parse<StepEnd>(r.GetString(0)));
        var measure = connection.List("SELECT measure FROM run", r => FileWord.Parse<Measure>(r.GetString(0))).Single();
        return last with
        {
            Outcome = end switch
            {
                [StepEnd.ShortCircuit] => RunOutcome.ShortFound,
                _ when causes.Contains("fault") => RunOutcome.Faulted,
                _ when last.Short is not null || causes.Contains("limit") => RunOutcome.Tripped,
                [StepEnd.Time or StepEnd.Voltage or StepEnd.Current or StepEnd.Capacity or StepEnd.Skipped] =>
                    measure is Measure.Ccd or Measure.CriticalCapacity ? RunOutcome.NoShort : RunOutcome.Completed,
                _ => RunOutcome.Interrupted,
            },
        };
    }

    private static long Number(SqliteConnection connection, string sql) => connection.List(sql, r => r.LongOrNull(0)).SingleOrDefault() ?? 0;

    private static string? Message(SqliteConnection connection, string kind) => connection.List(
        LastMessage.Replace("{0}", kind, StringComparison.Ordinal), r => r.GetString(0)).SingleOrDefault();
}
