using System.Text.Json;
using System.Text.Json.Serialization;
using CyclerControl.Acquisition.Links;
using CyclerControl.Client;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Files;
using Microsoft.Extensions.Logging;

namespace CyclerControl.Service.Stations;

/// <summary>
/// Trips and faults that nobody has acknowledged, in <c>latches.json</c> of the data folder: a restart clears none of them. Told by link
/// threads, which do not wait for the disk.
/// </summary>
public sealed class LatchBook : ILinkObserver, IAsyncDisposable
{
    private readonly Lock _guard = new();
    private readonly string _path;
    private readonly ILogger<LatchBook> _logger;
    private readonly Dictionary<string, LatchEntry> _entries = new(StringComparer.Ordinal);
    private readonly string? _unreadable;
    private Task _saving = Task.CompletedTask;
    private volatile string? _problem;

    public LatchBook(DataFolder data, ILogger<LatchBook> logger)
    {
        _path = Path.Combine(data.Path, "latches.json");
        _logger = logger;
        try
        {
            if (File.Exists(_path))
            {
                foreach (var entry in JsonSerializer.Deserialize<List<LatchEntry>>(File.ReadAllText(_path), ApiJson.Options) ?? [])
                {
                    _entries[entry.Channel] = entry;
                    _logger.LogWarning("{Channel}: still {State}, since before this start: {Reason}", entry.Channel, entry.State, entry.Reason);
                }
            }
        }
        catch (Exception damaged) when (damaged is JsonException or IOException or UnauthorizedAccessException)
        {
            _unreadable = $"latches.json cannot be read ({damaged.Message.TrimEnd('.')}), so every channel waits for somebody to look at it and acknowledge it";
            _logger.LogError("{Path}: {Reason}", _path, _unreadable);
        }
    }

    /// <summary>Why it could not be written last time; null while it could.</summary>
    public string? Problem => _problem;

    /// <summary>What a channel has not been acknowledged of; null: nothing. Any thread.</summary>
    public ChannelLatch? Of(ChannelId channel)
    {
        lock (_guard)
        {
            return _entries.TryGetValue(channel.ToString(), out var entry) ? new ChannelLatch(entry.State, entry.Reason)
                : _unreadable is null ? null
                : new ChannelLatch(ChannelState.Faulted, _unreadable);
        }
    }

    public void ChannelChanged(ChannelId channel, ChannelState state)
    {
        var name = channel.ToString();
        lock (_guard)
        {
            if (state is ChannelState.Tripped or ChannelState.Faulted)
            {
                _entries[name] = new LatchEntry(name, state, state.ToString());
            }
            else if (!_entries.Remove(name))
            {
                return;
            }

            SaveSoon();
        }
    }

    /// <summary>The alarm of a channel says why it latched.</summary>
    public void Alarm(string place, string message)
    {
        lock (_guard)
        {
            if (_entries.TryGetValue(place, out var entry) && entry.Reason == entry.State.ToString())
            {
                _entries[place] = entry with { Reason = message };
                SaveSoon();
            }
        }
    }

    public void LinkOpened(string instrument, InstrumentIdentity identity)
    {
    }

    public void LinkClosed(string instrument, string reason)
    {
    }

    public void OpenAttemptFailed(string instrument, string reason)
    {
    }

    public void DeadlinesMissed(string instrument, long count)
    {
    }

    /// <summary>Completes when all that was told is on disk.</summary>
    public Task SavedAsync()
    {
        lock (_guard)
        {
            return _saving;
        }
    }

    public async ValueTask DisposeAsync() => await SavedAsync();

    private void SaveSoon() => _saving = _saving.ContinueWith(_ => Save(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private void Save()
    {
        List<LatchEntry> entries;
        lock (_guard)
        {
            entries = [.. _entries.Values];
        }

        try
        {
            var fresh = _path + ".new";
            using (var stream = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                JsonSerializer.Serialize(stream, entries, ApiJson.Options);
                stream.Flush(flushToDisk: true);
            }

            File.Move(fresh, _path, overwrite: true);
            _problem = null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _problem = $"trips cannot be kept for a restart: {failure.Message}";
            _logger.LogError("{Path}: {Reason}", _path, _problem);
        }
    }

    private sealed record LatchEntry(string Channel, [property: JsonConverter(typeof(JsonStringEnumConverter<ChannelState>))] ChannelState State, string Reason);
}
