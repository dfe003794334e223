using System.Collections.Immutable;

namespace CyclerControl.Instruments.Dialects.Scpi;

/// <summary>How a block of readings is coded.</summary>
public enum BlockCoding : byte
{
    /// <summary>Numbers with commas between them, one line.</summary>
    Ascii,

    /// <summary>A definite-length block of IEEE 754 single precision.</summary>
    Float32,

    /// <summary>A definite-length block of IEEE 754 double precision.</summary>
    Float64,
}

/// <summary>What stands in a block.</summary>
/// <param name="Coding">How its numbers are written.</param>
/// <param name="BigEndian">Most significant byte first (<c>FORM:BORD NORM</c>).</param>
/// <param name="Values">The numbers of one reading in their order: voltage (V), current (A), and time (s) where the instrument stamps its readings.</param>
public sealed record BlockLayout(BlockCoding Coding, bool BigEndian, ImmutableArray<PlaceholderQuantity> Values)
{
    /// <summary>False: the readings are numbered, and their period makes the time.</summary>
    public bool HasTime => Values.Contains(PlaceholderQuantity.Time);
}

/// <summary>The instrument's own buffer: how it is started, fetched and stopped.</summary>
/// <param name="Start">Clears and starts it; one message carries the sample period.</param>
/// <param name="Stop">Ends it.</param>
/// <param name="Send">Fetches: what is new and is thereby removed, or the places <c>{first}</c> to <c>{last}</c>.</param>
/// <param name="Layout">What comes back.</param>
/// <param name="End">Asks for the place of the newest reading, 1 to <paramref name="Size"/>, 0 while there is none; null where a fetch removes what it brings.</param>
/// <param name="Overflow">Whether readings were lost; the expected answer means no.</param>
/// <param name="Size">Readings that it holds.</param>
/// <param name="StopsForSetpoint">It does not survive a new set-point: it is stopped before one and started again behind it.</param>
public sealed record ScpiBufferQuery(
    ScpiCommand Start,
    ScpiCommand Stop,
    MessageTemplate Send,
    BlockLayout Layout,
    MessageTemplate? End,
    ScpiTextQuery? Overflow,
    int Size,
    bool StopsForSetpoint)
{
    public ScpiBufferQuery ForChannel(int channel) => this with
    {
        Start = Start.ForChannel(channel),
        Stop = Stop.ForChannel(channel),
        Send = Send.ForChannel(channel),
        End = End?.ForChannel(channel),
        Overflow = Overflow is null ? null : Overflow with { Send = Overflow.Send.ForChannel(channel) },
    };
}
