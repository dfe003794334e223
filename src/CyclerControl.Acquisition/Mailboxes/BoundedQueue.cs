using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace CyclerControl.Acquisition.Mailboxes;

/// <summary>
/// A ring that any thread fills and one thread empties, without locks: each slot carries the turn at which it may be written or read
/// (the bounded queue of D. Vyukov). Full means full: nothing is overwritten.
/// </summary>
internal sealed class BoundedQueue<T>
    where T : class
{
    private readonly Slot[] _slots;
    private readonly int _mask;
    private long _head;
    private long _tail;

    /// <param name="capacity">Rounded up to a power of two.</param>
    public BoundedQueue(int capacity)
    {
        _slots = new Slot[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 2))];
        _mask = _slots.Length - 1;
        for (var i = 0; i < _slots.Length; i++)
        {
            _slots[i].Turn = i;
        }
    }

    public bool IsEmpty => Volatile.Read(ref _slots[_head & _mask].Turn) != _head + 1;

    public bool TryEnqueue(T item)
    {
        while (true)
        {
            var tail = Volatile.Read(ref _tail);
            ref var slot = ref _slots[tail & _mask];
            var ahead = Volatile.Read(ref slot.Turn) - tail;
            if (ahead < 0)
            {
                return false;
            }

            if (ahead == 0 && Interlocked.CompareExchange(ref _tail, tail + 1, tail) == tail)
            {
                slot.Item = item;
                Volatile.Write(ref slot.Turn, tail + 1);
                return true;
            }
        }
    }

    /// <summary>The reading thread only.</summary>
    public bool TryDequeue([NotNullWhen(true)] out T? item)
    {
        ref var slot = ref _slots[_head & _mask];
        if (Volatile.Read(ref slot.Turn) != _head + 1)
        {
            item = null;
            return false;
        }

        item = slot.Item!;
        slot.Item = null;
        Volatile.Write(ref slot.Turn, _head + _slots.Length);
        _head++;
        return true;
    }

    private struct Slot
    {
        public long Turn;
        public T? Item;
    }
}
