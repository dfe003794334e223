using System.Globalization;
using CyclerControl.Simulation.Wire.Faults;
using CyclerControl.Simulation.Wire.Serial;

namespace CyclerControl.InstrumentSimulator;

/// <summary>The options of a serial line, and of faults on any wire.</summary>
internal sealed class LineWords
{
    private const int UsualPeriod = 100;
    private int? _baud;
    private string? _terminator;
    private string? _returnsAs;

    public bool IsGiven => (_baud, _terminator, _returnsAs) is not (null, null, null);

    /// <returns>What is wrong; empty for nothing.</returns>
    public string Read(string option, string value)
    {
        switch (option)
        {
            case "--baud" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var baud) && baud is >= 50 and <= 4_000_000:
                _baud = baud;
                return "";
            case "--baud":
                return $"--baud: '{value}' is no speed from 50 to 4000000";
            case "--terminator" when value is "lf" or "cr" or "crlf":
                _terminator = value switch { "cr" => "\r", "crlf" => "\r\n", _ => "\n" };
                return "";
            case "--terminator":
                return $"--terminator: '{value}' is unknown; write lf, cr or crlf";
            default:
                _returnsAs = Path.GetFullPath(value);
                return "";
        }
    }

    public SerialLineOptions Apply(SerialLineOptions line) =>
        line with { Baud = _baud ?? 0, Terminator = _terminator ?? "\n", ReturnsAs = _returnsAs };

    /// <summary><c>garble</c>, <c>garble:20</c>; null where it is something else.</summary>
    public static FaultPlan? Fault(string value)
    {
        var parts = value.Split(':', 2);
        var every = UsualPeriod;
        return parts[0].All(char.IsAsciiLetterLower) && Enum.TryParse<WireFault>(parts[0], ignoreCase: true, out var fault)
            && (parts.Length == 1 || (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out every) && every > 0))
            ? new FaultPlan(fault, every, TimeProvider.System)
            : null;
    }
}
