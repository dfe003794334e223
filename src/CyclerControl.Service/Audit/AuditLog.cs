using System.Threading.Channels;
using CyclerControl.Client.Security;
using Microsoft.Extensions.Logging;

namespace CyclerControl.Service.Audit;

/// <summary>
/// Who did what: <c>audit.jsonl</c> of the data folder, written by one thread, many lines to one fsync. When it cannot be written, changes are
/// refused until it can; a Stop never waits for it: its line is kept and written later.
/// </summary>
public sealed class AuditLog : IAsyncDisposable
{
    private const int Waiting = 4096;
    private const int Kept = 1000;

    private readonly Func<Stream> _open;
    private readonly TimeProvider _time;
    private readonly ILogger<AuditLog> _logger;
    private readonly Channel<Pending> _queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(Waiting) { SingleReader = true });
    private readonly List<AuditEntry> _kept = [];
    private readonly Task _writer;
    private AuditFile? _file;
    private long _lost;
    private volatile string? _problem;

    public AuditLog(string dataFolder, TimeProvider time, ILogger<AuditLog> logger)
        : this(PlaceIn(dataFolder), () => AuditFile.OpenDisk(PlaceIn(dataFolder)), time, logger)
    {
    }

    internal AuditLog(string path, Func<Stream> open, TimeProvider time, ILogger<AuditLog> logger)
    {
        FilePath = path;
        _open = open;
        _time = time;
        _logger = logger;
        Post(new AuditEntry { What = "service started", Details = $"CyclerControl {typeof(AuditLog).Assembly.GetName().Version?.ToString(3)}" });
        _writer = Task.Factory.StartNew(WriteAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public string FilePath { get; }

    /// <summary>Why it cannot be written; null while it can.</summary>
    public string? Problem => _problem;

    /// <summary>Where the audit log of a data folder is.</summary>
    public static string PlaceIn(string dataFolder) => Path.Combine(dataFolder, "audit.jsonl");

    /// <summary>True when the line is durable.</summary>
    public async Task<bool> WriteAsync(AuditEntry entry)
    {
        var pending = new Pending(Stamped(entry), new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        return _queue.Writer.TryWrite(pending) && await pending.IsWritten!.Task;
    }

    /// <summary>Hands a line over and waits for nothing.</summary>
    public void Post(AuditEntry entry)
    {
        if (!_queue.Writer.TryWrite(new Pending(Stamped(entry), null)))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Post(new AuditEntry { What = "service stopped" });
        _queue.Writer.TryComplete();
        await _writer;
        _file?.Dispose();
    }

    private AuditEntry Stamped(AuditEntry entry) => entry with { Utc = _time.GetUtcNow() };

    private void WriteAll()
    {
        var batch = new List<Pending>();
        while (WaitForMore())
        {
            while (batch.Count < Kept && _queue.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
            }

            var isWritten = TryWrite([.. _kept, .. batch.Select(p => p.Entry)]);
            if (isWritten)
            {
                _kept.Clear();
            }
            else
            {
                Keep(batch.Where(p => p.IsWritten is null).Select(p => p.Entry));
            }

            foreach (var pending in batch)
            {
                pending.IsWritten?.SetResult(isWritten);
            }

            batch.Clear();
        }
    }

    /// <summary>This thread has nothing else to do, and its waits end with the queue.</summary>
    private bool WaitForMore() => _queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult();

    private bool TryWrite(List<AuditEntry> entries)
    {
        try
        {
            if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost)
            {
                entries.Add(Stamped(new AuditEntry { What = "lines lost", Unlisted = lost }));
            }

            _file ??= AuditFile.Open(_open(), _time);
            _file.Append(entries);
            if (_problem is not null)
            {
                _logger.LogInformation("the audit log can be written again");
                _problem = null;
            }

            return true;
        }
#pragma warning disable CA1031 // Whatever is wrong with this file: it is told, and nothing else stops for it.
        catch (Exception failure)
        {
            if (_problem is null)
            {
                _logger.LogError("the audit log {Path} cannot be written: {Reason}; changes are refused until it can, Stop is not", FilePath, failure.Message);
            }

            _problem = $"the audit log cannot be written ({failure.Message.TrimEnd('.')})";
            _file?.Dispose();
            _file = null;
            return false;
        }
#pragma warning restore CA1031
    }

    private void Keep(IEnumerable<AuditEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (_kept.Count < Kept)
            {
                _kept.Add(entry);
            }
            else
            {
                Interlocked.Increment(ref _lost);
            }
        }
    }

    private sealed record Pending(AuditEntry Entry, TaskCompletionSource<bool>? IsWritten);
}
