using System.Runtime.InteropServices;

namespace CyclerControl.Recording.Writing;

/// <summary>A number on a cache line of its own, so that two threads do not take it from one another.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct PaddedCounter
{
    [FieldOffset(64)]
    public long Value;
}
