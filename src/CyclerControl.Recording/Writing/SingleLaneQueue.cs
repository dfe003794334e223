using System.Numerics;

namespace CyclerControl.Recording.Writing;

/// <summary>A bounded queue between exactly one writing and one reading thread: preallocated, without locks.</summary>
internal sealed class SingleLaneQueue<T>
{
    private readonly T[] slots;
    private readonly int mask;
    private PaddedCounter head; // next to read; written by the reader
    private PaddedCounter tail; // next to write; written by the writer

    /// <param name="capacity">Rounded up to a power of two.</param>
    public SingleLaneQueue(int capacity)
    {
        slots = new T[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, capacity))];
        mask = slots.Length - 1;
    }

    public int Capacity => slots.Length;

    /// <summary>Exact for the two threads, a snapshot for others.</summary>
    public int Count => (int)(Volatile.Read(ref tail.Value) - Volatile.Read(ref head.Value));

    /// <summary>False when <paramref name="limit"/> entries or more are waiting.</summary>
    public bool TryPush(in T item, int limit)
    {
        var at = tail.Value;
        if (at - Volatile.Read(ref head.Value) >= limit)
            return false;
        slots[at & mask] = item;
        Volatile.Write(ref tail.Value, at + 1);
        return true;
    }

    /// <summary>The oldest entry, in place; false when there is none. <see cref="Release"/> gives its place back.</summary>
    public bool TryPeek(out int slot)
    {
        var at = head.Value;
        slot = (int)(at & mask);
        return at != Volatile.Read(ref tail.Value);
    }

    public ref T this[int slot] => ref slots[slot];

    public void Release() => Volatile.Write(ref head.Value, head.Value + 1);
}
