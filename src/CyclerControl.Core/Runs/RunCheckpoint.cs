using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CyclerControl.Core.Runs;

/// <summary>
/// The bytes of a <see cref="RunState"/>: magic, version, length, state. Same machine architecture only (little-endian; every platform of
/// .NET 10 that we name is). A checkpoint of another version is refused, never guessed at.
/// </summary>
public static class RunCheckpoint
{
    private const uint Magic = 0x4B435952;
    private const int HeaderSize = 12;

    /// <summary>Counts the changes of the layout of <see cref="RunState"/>.</summary>
    public const int Version = 2;

    /// <summary>Bytes of one checkpoint.</summary>
    public static int Size => HeaderSize + Unsafe.SizeOf<RunState>();

    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public static void Write(in RunState state, Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(destination[4..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(destination[8..], Unsafe.SizeOf<RunState>());
        MemoryMarshal.Write(destination[HeaderSize..], in state);
    }

    /// <summary>False when the bytes are no checkpoint of this version.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out RunState state)
    {
        state = default;
        if (source.Length != Size
            || BinaryPrimitives.ReadUInt32LittleEndian(source) != Magic
            || BinaryPrimitives.ReadInt32LittleEndian(source[4..]) != Version
            || BinaryPrimitives.ReadInt32LittleEndian(source[8..]) != Unsafe.SizeOf<RunState>())
        {
            return false;
        }

        state = MemoryMarshal.Read<RunState>(source[HeaderSize..]);
        return true;
    }
}
