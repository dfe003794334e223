using System.IO.Ports;

namespace CyclerControl.Instruments.Transports;

/// <summary>How a serial line is set. A profile gives what its instruments come with, a connection string what this one is set to.</summary>
/// <param name="Baud">50 to 4,000,000.</param>
/// <param name="Parity">The check bit.</param>
/// <param name="DataBits">5 to 8.</param>
/// <param name="StopBits">One or two.</param>
/// <param name="Handshake">None, XON/XOFF, RTS/CTS or both.</param>
/// <param name="Settle">
/// How long the line must have been silent, once opened, before anything is sent: what an instrument still had to say to an earlier question is
/// thrown away. Up to 2 s.
/// </param>
public sealed record SerialSettings(int Baud, Parity Parity, int DataBits, StopBits StopBits, Handshake Handshake, TimeSpan Settle)
{
    /// <summary>9600 baud, 8 bits, no parity, one stop bit, no handshake, 100 ms.</summary>
    public static readonly SerialSettings Default = new(9600, Parity.None, 8, StopBits.One, Handshake.None, TimeSpan.FromMilliseconds(100));

    /// <summary>As people write it: <c>9600 8N1</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Baud} {DataBits}{Parity.ToString()[0]}{(StopBits == StopBits.Two ? 2 : 1)}")
        + (Handshake == Handshake.None ? "" : $" {SerialWords.Of(Handshake)}");
}
