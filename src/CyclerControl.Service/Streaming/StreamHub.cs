using System.Text;
using System.Text.Json;
using CyclerControl.Client;
using CyclerControl.Client.Channels;
using CyclerControl.Service.Channels;
using Microsoft.Extensions.Hosting;

namespace CyclerControl.Service.Streaming;

/// <summary>
/// What channels do, twice a second, for all who watch: looked at once, written once, and only what has changed. Nobody waits for a viewer,
/// and no viewer can make the service keep more than the last <see cref="Kept"/> pieces.
/// </summary>
public sealed class StreamHub(ChannelViews views, TimeProvider time) : BackgroundService
{
    /// <summary>Pieces that are kept for viewers who come back.</summary>
    public const int Kept = 256;

    /// <summary>Most viewers at a time.</summary>
    public const int MostViewers = 200;

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(500);

    private readonly Lock _guard = new();
    private readonly Queue<StreamEvent> _kept = new();
    private readonly List<StreamViewer> _viewers = [];
    private readonly Dictionary<string, ChannelStatus> _last = new(StringComparer.Ordinal);
    private long _id;

    /// <summary>Who watches now.</summary>
    public int Viewers
    {
        get
        {
            lock (_guard)
            {
                return _viewers.Count;
            }
        }
    }

    /// <summary>Joins: first what was missed, or all channels as they are; then what changes.</summary>
    /// <param name="lastId">Last id that the viewer has seen; null: none.</param>
    /// <returns>Null when there are too many.</returns>
    public StreamViewer? Join(long? lastId)
    {
        var viewer = new StreamViewer();
        lock (_guard)
        {
            if (_viewers.Count >= MostViewers)
            {
                return null;
            }

            var missed = lastId is { } last && _kept.TryPeek(out var oldest) && oldest.Id <= last + 1 && last <= _id ? _kept.Where(e => e.Id > last).ToList() : null;
            if (missed is not null && missed.Count < Kept / 8)
            {
                missed.ForEach(e => viewer.Offer(e));
            }
            else
            {
                viewer.Offer(new StreamEvent(_id, Write(_id, views.All)));
            }

            _viewers.Add(viewer);
        }

        return viewer;
    }

    public void Leave(StreamViewer viewer)
    {
        lock (_guard)
        {
            _viewers.Remove(viewer);
        }
    }

    /// <summary>Looks once, and tells who watches.</summary>
    public void Look()
    {
        lock (_guard)
        {
            if (_viewers.Count == 0)
            {
                _last.Clear();
                return;
            }

            var changed = views.All.Where(IsNew).ToList();
            if (changed.Count == 0)
            {
                return;
            }

            var streamEvent = new StreamEvent(++_id, Write(_id, changed));
            _kept.Enqueue(streamEvent);
            if (_kept.Count > Kept)
            {
                _kept.Dequeue();
            }

            _viewers.RemoveAll(v => !v.Offer(streamEvent));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticker = new PeriodicTimer(s_interval, time);
        try
        {
            while (await ticker.WaitForNextTickAsync(stoppingToken))
            {
                Look();
            }
        }
        finally
        {
            lock (_guard)
            {
                _viewers.ForEach(v => v.Close());
                _viewers.Clear();
            }
        }
    }

    /// <summary>The age of a reading grows by itself: it is no change.</summary>
    private bool IsNew(ChannelStatus status)
    {
        var timeless = status with { AgeSeconds = null };
        if (_last.TryGetValue(status.Channel, out var before) && before == timeless)
        {
            return false;
        }

        _last[status.Channel] = timeless;
        return true;
    }

    private static byte[] Write(long id, IReadOnlyList<ChannelStatus> channels) =>
        Encoding.UTF8.GetBytes(FormattableString.Invariant($"id: {id}\nevent: channels\ndata: {JsonSerializer.Serialize(channels, ApiJson.Options)}\n\n"));
}
