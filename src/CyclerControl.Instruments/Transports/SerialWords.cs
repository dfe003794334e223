using System.Collections.Immutable;
using System.IO.Ports;

namespace CyclerControl.Instruments.Transports;

/// <summary>The words for line settings, the same in profiles and connection strings.</summary>
internal static class SerialWords
{
    public const int SlowestBaud = 50;
    public const int FastestBaud = 4_000_000;

    /// <summary>In the order of <see cref="Parity"/>.</summary>
    public static readonly ImmutableArray<string> Parities = ["none", "odd", "even", "mark", "space"];

    /// <summary>In the order of <see cref="Handshake"/>.</summary>
    public static readonly ImmutableArray<string> Handshakes = ["none", "xonxoff", "rtscts", "both"];

    public static string Of(Handshake handshake) => Handshakes[(int)handshake];
}
