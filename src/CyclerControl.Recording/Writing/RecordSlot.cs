using System.Runtime.InteropServices;
using CyclerControl.Core.Runs;

namespace CyclerControl.Recording.Writing;

internal enum RecordKind : byte
{
    Sample,
    Step,
    Event,
    Gap,
    Burst,
    Checkpoint,
    Ending,
}

/// <summary>One entry of the queue between a link thread and the recorder: a row by value, a step result in <see cref="RunLane.Steps"/>, or anything rarer by reference.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct RecordSlot
{
    public RecordKind Kind;
    public SampleRow Row;

    /// <summary>Test time of a checkpoint, ns.</summary>
    public long TimeNanoseconds;

    /// <summary>A step result that found its own queue full (boxed; null when it is there), RunEvent, RecordingGap, BurstChunk, byte[] or RunEnding.</summary>
    public object? Item;
}

/// <summary>Sample rows that found no place in the queue.</summary>
internal sealed record RecordingGap(long FirstNanoseconds, long LastNanoseconds, long Rows);

/// <summary>Some samples of one burst.</summary>
internal sealed record BurstChunk(int Burst, CyclerControl.Core.Channels.Sample[] Samples);
