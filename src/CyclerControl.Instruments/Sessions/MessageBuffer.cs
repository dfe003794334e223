using System.Text;

namespace CyclerControl.Instruments.Sessions;

/// <summary>The message being composed. Fixed room; nothing is allocated.</summary>
public sealed class MessageBuffer
{
    private readonly byte[] _bytes = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <exception cref="InvalidOperationException">The message is longer than 4096 bytes: a fault of the profile.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length - Length)
        {
            throw new InvalidOperationException($"a message is longer than {_bytes.Length} bytes: {Encoding.UTF8.GetString(Written[..80])}...");
        }

        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }
}
