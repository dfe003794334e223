using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Schema;
using CyclerControl.Recording.Writing;
using Microsoft.Data.Sqlite;

namespace CyclerControl.Recording.Reading;

/// <summary>
/// Reads a run file, while it grows and after. Read-only; every query is a short transaction of its own, so it never holds the recorder up.
/// One thread at a time.
/// </summary>
public sealed partial class RunFileReader : IDisposable
{
    private const int Page = 1024;

    private readonly SqliteConnection connection;
    private RunHeader? header;

    private RunFileReader(string path, SqliteConnection connection)
    {
        Path = path;
        this.connection = connection;
    }

    /// <summary>Full path of the run file.</summary>
    public string Path { get; }

    public RunHeader Header => header ??= RecordReads.Header(connection);

    /// <summary>Null while the run goes on, or when nobody has closed it.</summary>
    public RunEnding? Ending => connection.List(
        $"SELECT e.outcome, e.end_ns, e.reason, {RecordReads.DetectionColumns} FROM ending e LEFT JOIN detections d ON d.detection_id = e.short_detection_id",
        r => new RunEnding(FileWord.Parse<RunOutcome>(r.GetString(0)), r.GetInt64(1), r.GetString(2), RecordReads.Detection(r, 3)))
        .SingleOrDefault();

    public RunFileStatus Status =>
        Ending is not null ? RunFileStatus.Ended
        : OwnershipLock.IsHeld(System.IO.Path.GetDirectoryName(Path)!) ? RunFileStatus.Running
        : RunFileStatus.Unfinished;

    /// <summary>Null before the first durable sample.</summary>
    public StoredProgress? Progress => connection.List("SELECT * FROM progress", RecordReads.Progress).SingleOrDefault();

    /// <summary>Null before the first step.</summary>
    public StoredCheckpoint? LastCheckpoint => connection.List(
        "SELECT time_ns, after_sample_id, state FROM checkpoint",
        r => new StoredCheckpoint(r.GetInt64(0), r.GetInt64(1), (byte[])r.GetValue(2))).SingleOrDefault();

    /// <summary>Ended steps.</summary>
    public IReadOnlyList<StepRecord> Steps => EnumerateSteps().ToList();

    public IReadOnlyList<RunEvent> Events => connection.List(
        $"SELECT e.time_ns, e.kind, e.message, e.until_ns, {RecordReads.DetectionColumns} FROM events e LEFT JOIN detections d USING (detection_id) ORDER BY event_id",
        r => new RunEvent(r.GetInt64(0), r.GetString(1), r.GetString(2), RecordReads.Detection(r, 4), r.LongOrNull(3)));

    /// <summary>From the ended steps; the last cycle is unfinished while the run goes on.</summary>
    public IReadOnlyList<CycleRecord> Cycles => connection.List(CycleQuery.Text, RecordReads.Cycle);

    public IReadOnlyList<BurstSummary> Bursts => connection.List(
        "SELECT burst, MIN(time_ns), MAX(time_ns), COUNT(*) FROM bursts GROUP BY burst ORDER BY burst",
        r => new BurstSummary(r.GetInt32(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3)));

    /// <param name="path">The run file, or the folder of the run.</param>
    /// <exception cref="RecordingException">No such file, or no run file of this version.</exception>
    public static RunFileReader Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(full))
            full = System.IO.Path.Combine(full, RunFolder.RunFileName);
        if (!File.Exists(full))
            throw new RecordingException($"{full}: no such run file; `cycler runs` lists the runs that there are");
        return new RunFileReader(full, Connect(full));
    }

    /// <summary>A read-only connection to a run file of this version.</summary>
    internal static SqliteConnection Connect(string full)
    {
        var opened = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = full,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ConnectionString);
        try
        {
            opened.Open();
            RunDatabase.Execute(opened, "PRAGMA busy_timeout = 5000");
            Check(opened, full);
            return opened;
        }
        catch (SqliteException e)
        {
            opened.Dispose();
            throw RunDatabase.Explain(e, full);
        }
        catch (RecordingException)
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Durable sample rows in their order, streaming. A growing file ends at what is there when the end is reached.</summary>
    /// <param name="skip">Rows to leave out at the beginning: a later call goes on where an earlier one ended.</param>
    public IEnumerable<SampleRow> EnumerateSamples(long skip = 0)
    {
        using var samples = new SampleReader(connection);
        foreach (var row in samples.Rows(skip))
            yield return row;
    }

    public IEnumerable<StepRecord> EnumerateSteps() => connection.Pages(
        FormattableString.Invariant($"SELECT * FROM steps WHERE step_count > $a ORDER BY step_count LIMIT {Page}"),
        Page,
        RecordReads.Step,
        r => r.GetInt64(0));

    public IEnumerable<Sample> EnumerateBurst(int burst) => connection.Pages(
        FormattableString.Invariant(
            $"SELECT burst_sample_id, time_ns, volts, amperes, celsius FROM bursts WHERE burst = {burst} AND burst_sample_id > $a ORDER BY burst_sample_id LIMIT {Page}"),
        Page,
        r => new Sample(r.GetInt64(1), r.Real(2), r.Real(3), r.RealOrNull(4)),
        r => r.GetInt64(0));

    public void Dispose() => connection.Dispose();

    /// <exception cref="RecordingException">No run file, or one of another version.</exception>
    internal static void Check(SqliteConnection connection, string path)
    {
        var application = connection.List("PRAGMA application_id", r => r.GetInt64(0)).Single();
        var version = connection.List("PRAGMA user_version", r => r.GetInt64(0)).Single();
        if (application != RunSchema.ApplicationId)
            throw new RecordingException($"{path}: a SQLite file, and no run file of CyclerControl");
        if (version != RunSchema.Version)
        {
            throw new RecordingException(
                $"{path}: run file of version {version}, this program reads version {RunSchema.Version}; use the program that wrote it, or a newer one");
        }
    }
}
