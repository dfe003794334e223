using System.Diagnostics.CodeAnalysis;
using CyclerControl.Core.Channels;

namespace CyclerControl.Acquisition.Mailboxes;

/// <summary>
/// Where every other thread leaves its wishes for one link. Two lanes: the ordinary one refuses when it is full; the emergency lane
/// (stop, end, shutdown) never does: what does not fit any more is remembered as one wish to stop everything.
/// </summary>
/// <typeparam name="T">The messages.</typeparam>
public sealed class Mailbox<T>
    where T : class
{
    private readonly BoundedQueue<T> _ordinary;
    private readonly BoundedQueue<T> _emergency;
    private IClockParticipant? _reader;
    private int _overflowed;

    /// <param name="capacity">Messages per lane, at least 2; rounded up to a power of two.</param>
    public Mailbox(int capacity)
    {
        _ordinary = new BoundedQueue<T>(capacity);
        _emergency = new BoundedQueue<T>(capacity);
    }

    /// <summary>True when the emergency lane has something. The reading thread, between any two exchanges.</summary>
    public bool HasEmergency => Volatile.Read(ref _overflowed) != 0 || !_emergency.IsEmpty;

    /// <summary>Who is woken by a post.</summary>
    public void Attach(IClockParticipant reader)
    {
        Volatile.Write(ref _reader, reader);
        reader.Wake();
    }

    /// <returns>False when the lane is full: the wish was not taken.</returns>
    public bool TryPost(T message)
    {
        if (!_ordinary.TryEnqueue(message))
        {
            return false;
        }

        Volatile.Read(ref _reader)?.Wake();
        return true;
    }

    public void PostEmergency(T message)
    {
        if (!_emergency.TryEnqueue(message))
        {
            Interlocked.Exchange(ref _overflowed, 1);
        }

        Volatile.Read(ref _reader)?.Wake();
    }

    public bool TryRead([NotNullWhen(true)] out T? message) => _ordinary.TryDequeue(out message);

    public bool TryReadEmergency([NotNullWhen(true)] out T? message) => _emergency.TryDequeue(out message);

    /// <summary>True once after the emergency lane overflowed: stop everything.</summary>
    public bool TakeOverflow() => Volatile.Read(ref _overflowed) != 0 && Interlocked.Exchange(ref _overflowed, 0) != 0;
}
