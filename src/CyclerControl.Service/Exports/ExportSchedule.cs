using System.Text.Json;
using CyclerControl.Service.Security;
using Microsoft.Extensions.Logging;

namespace CyclerControl.Service.Exports;

/// <summary>
/// Decides what is exported when; <see cref="Turn"/> does what is due and says when to come again. What could not be written is tried again
/// for a week, less and less often, also after a restart. One thread calls Turn; runs may be added from any.
/// </summary>
public sealed class ExportSchedule
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromDays(7);

    private readonly ExportPlan _plan;
    private readonly Func<IReadOnlyList<string>> _running;
    private readonly Action<string, Stream> _write;
    private readonly string _memory;
    private readonly TimeProvider _time;
    private readonly ILogger<ExportSchedule> _logger;
    private readonly Lock _guard = new();
    private readonly List<WaitingExport> _waiting;
    private DateTimeOffset _next;

    /// <param name="running">Ids of the runs that are running now.</param>
    /// <param name="write">Writes a run, by its id, in the format of the plan.</param>
    /// <param name="dataFolder">What waits is remembered there, in <c>exports.json</c>.</param>
    public ExportSchedule(
        ExportPlan plan, Func<IReadOnlyList<string>> running, Action<string, Stream> write, string dataFolder, TimeProvider time, ILogger<ExportSchedule> logger)
    {
        _plan = plan;
        _running = running;
        _write = write;
        _memory = Path.Combine(dataFolder, "exports.json");
        _time = time;
        _logger = logger;
        _waiting = Remembered();
        _next = time.GetUtcNow() + (plan.Every ?? TimeSpan.Zero);
    }

    /// <summary>Runs that wait for their export.</summary>
    public IReadOnlyList<string> Waiting
    {
        get
        {
            lock (_guard)
            {
                return [.. _waiting.Select(w => w.Run)];
            }
        }
    }

    /// <summary>A run has ended.</summary>
    public void Ended(string runId)
    {
        if (_plan.AtEnd)
        {
            Add(runId);
        }
    }

    /// <summary>Exports what is due.</summary>
    /// <returns>When the next one is; null: when somebody adds one.</returns>
    public DateTimeOffset? Turn(CancellationToken stop)
    {
        if (_plan.Every is { } every && _time.GetUtcNow() >= _next)
        {
            _next = _time.GetUtcNow() + every;
            foreach (var run in _running())
            {
                Add(run);
            }
        }

        foreach (var due in Due())
        {
            if (stop.IsCancellationRequested)
            {
                break;
            }

            Settle(due, TryExport(due.Run));
        }

        lock (_guard)
        {
            var retry = _waiting.Count == 0 ? (DateTimeOffset?)null : _waiting.Min(w => w.DueUtc);
            return _plan.Every is null ? retry : retry is { } at && at < _next ? at : _next;
        }
    }

    private List<WaitingExport> Due()
    {
        lock (_guard)
        {
            return [.. _waiting.Where(w => w.DueUtc <= _time.GetUtcNow())];
        }
    }

    private void Add(string runId)
    {
        lock (_guard)
        {
            var now = _time.GetUtcNow();
            var index = _waiting.FindIndex(w => w.Run == runId);
            if (index < 0)
            {
                _waiting.Add(new WaitingExport(runId, now, now, 0));
                Remember();
            }
            else
            {
                // What is being written now may lack its last rows: the changed entry stays, and is written again.
                _waiting[index] = _waiting[index] with { SinceUtc = now };
            }
        }
    }

    private void Settle(WaitingExport done, string? failure)
    {
        lock (_guard)
        {
            var index = _waiting.FindIndex(w => w.Run == done.Run);
            var now = _time.GetUtcNow();
            if (failure is null)
            {
                if (_waiting[index] == done)
                {
                    _waiting.RemoveAt(index);
                    Remember();
                }

                return;
            }

            if (now - _waiting[index].SinceUtc > s_patience)
            {
                _logger.LogError("run {Run} could not be exported to {Folder} for {Days} days and is given up: {Reason}", done.Run, _plan.To, s_patience.TotalDays, failure);
                _waiting.RemoveAt(index);
                Remember();
                return;
            }

            if (done.Failures == 0)
            {
                _logger.LogWarning("run {Run} could not be exported to {Folder} and is tried again: {Reason}", done.Run, _plan.To, failure);
            }

            var pause = TimeSpan.FromTicks(Math.Min(s_longestPause.Ticks, s_firstPause.Ticks << Math.Min(done.Failures, 10)));
            _waiting[index] = _waiting[index] with { DueUtc = now + pause, Failures = done.Failures + 1 };
        }
    }

    /// <summary>Writes beside the place and renames: nobody ever sees half a file.</summary>
    /// <returns>Why not; null when it is there.</returns>
    private string? TryExport(string run)
    {
        var file = _plan.FileOf(run);
        var beside = Path.Combine(_plan.To, "." + Path.GetFileName(file) + ".partial");
#pragma warning disable CA1031 // Whatever goes wrong with a share or with one run: the others go on, and this one is tried again.
        try
        {
            if (!Directory.Exists(_plan.To))
            {
                return "the folder is not there";
            }

            using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write))
            {
                _write(run, stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, file, overwrite: true);
            return null;
        }
        catch (Exception failure)
        {
            Discard(beside);
            return failure.Message.TrimEnd('.');
        }
#pragma warning restore CA1031
    }

    private static void Discard(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The share is away; the next attempt overwrites it.
        }
    }

    private List<WaitingExport> Remembered()
    {
        try
        {
            return File.Exists(_memory) ? JsonSerializer.Deserialize<List<WaitingExport>>(File.ReadAllText(_memory)) ?? [] : [];
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            _logger.LogWarning("{File} cannot be understood, so exports that waited are forgotten: {Reason}", _memory, failure.Message);
            return [];
        }
    }

    private void Remember()
    {
        try
        {
            PrivateFile.Write(_memory, JsonSerializer.Serialize(_waiting));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _logger.LogWarning("{File} cannot be written, so a restart would forget waiting exports: {Reason}", _memory, failure.Message);
        }
    }

    private sealed record WaitingExport(string Run, DateTimeOffset SinceUtc, DateTimeOffset DueUtc, int Failures);
}
