using System.Text.Json;
using CyclerControl.Client;
using CyclerControl.Client.Channels;
using CyclerControl.Core.Channels;
using CyclerControl.Recording.Files;

namespace CyclerControl.Service.Channels;

/// <summary>The orders that wait, per channel; kept in a file of the data folder, so that they survive a restart.</summary>
public sealed class ChannelQueues
{
    /// <summary>Most orders on one channel.</summary>
    public const int MostOrders = 100;

    private const string Unknown = "the service ended while it was being started; look whether its run is there, then confirm or remove it";

    private readonly Lock _guard = new();
    private readonly string _path;
    private readonly List<QueuedOrder> _orders;
    private long _lastId;

    public ChannelQueues(DataFolder data)
    {
        _path = Path.Combine(data.Path, "queue.json");
        _orders = File.Exists(_path) ? JsonSerializer.Deserialize<List<QueuedOrder>>(File.ReadAllText(_path), ApiJson.Options) ?? [] : [];

        // What happened to the channel while nobody looked, nobody knows: an operator confirms.
        _orders = [.. _orders.Select(o => o with { MayFollow = false, IsStarting = false, Refusal = o.IsStarting ? Unknown : o.Refusal })];
        _lastId = _orders.Count == 0 ? 0 : _orders.Max(o => o.Id);
    }

    /// <summary>In the order in which they start.</summary>
    public IReadOnlyList<QueuedOrder> Of(ChannelId channel)
    {
        var name = channel.ToString();
        lock (_guard)
        {
            return [.. _orders.Where(o => o.Channel == name)];
        }
    }

    /// <summary>The next order of a channel; null when none waits.</summary>
    public QueuedOrder? Next(ChannelId channel) => Of(channel) is [var next, ..] ? next : null;

    /// <returns>Null when the queue of the channel is full.</returns>
    public QueuedOrder? Add(ChannelId channel, QueueRequest request)
    {
        lock (_guard)
        {
            if (Of(channel).Count >= MostOrders)
            {
                return null;
            }

            var order = new QueuedOrder { Id = ++_lastId, Channel = channel.ToString(), Start = request.Start, SameCell = request.SameCell };
            _orders.Add(order);
            Save();
            return order;
        }
    }

    /// <returns>False when there is no such order on the channel.</returns>
    public bool Remove(ChannelId channel, long id)
    {
        lock (_guard)
        {
            if (_orders.RemoveAll(o => o.Id == id && o.Channel == channel.ToString()) == 0)
            {
                return false;
            }

            Save();
            return true;
        }
    }

    /// <summary>Replaces an order by a changed copy of it; nothing happens when it has gone.</summary>
    public void Change(QueuedOrder order)
    {
        lock (_guard)
        {
            var index = _orders.FindIndex(o => o.Id == order.Id);
            if (index >= 0)
            {
                _orders[index] = order;
                Save();
            }
        }
    }

    /// <summary>Its run has begun. Nothing happens when it was put back meanwhile.</summary>
    public void Started(QueuedOrder order)
    {
        lock (_guard)
        {
            if (_orders.RemoveAll(o => o.Id == order.Id && o.IsStarting) > 0)
            {
                Save();
            }
        }
    }

    /// <summary>Its run ended before anything was switched on: it is next again, and an operator decides.</summary>
    public void PutBack(QueuedOrder order, string refusal)
    {
        lock (_guard)
        {
            var index = _orders.FindIndex(o => o.Channel == order.Channel);
            _orders.RemoveAll(o => o.Id == order.Id);
            _orders.Insert(Math.Max(index, 0), order with { MayFollow = false, IsStarting = false, Refusal = refusal });
            Save();
        }
    }

    private void Save()
    {
        var fresh = _path + ".new";
        using (var stream = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(stream, _orders, ApiJson.Options);
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, _path, overwrite: true);
    }
}
