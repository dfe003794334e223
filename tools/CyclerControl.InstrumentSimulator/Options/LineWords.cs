using System.Globalization;
using CyclerControl.Simulation.Wire.Faults;
using CyclerControl.Simulation.Wire.Serial;

namespace CyclerControl.InstrumentSimulator.Options;

/// <summary>A serial line, and faults on any wire.</summary>
internal sealed class LineWords : IOptionGroup
{
    private const int UsualPeriod = 100;
    private string? _path;
    private int? _baud;
    private string? _terminator;
    private string? _returnsAs;

    /// <summary>The serial line instead of a port; null: none.</summary>
    public SerialLineOptions? Line =>
        _path is { } path ? new SerialLineOptions(path) { Baud = _baud ?? 0, Terminator = _terminator ?? "\n", ReturnsAs = _returnsAs } : null;

    public FaultPlan? Faults { get; private set; }

    public bool TryRead(string option, string value, List<string> problems)
    {
        switch (option)
        {
            case "--pty":
                _path = Path.GetFullPath(value);
                return true;
            case "--return-as":
                _returnsAs = Path.GetFullPath(value);
                return true;
            case "--baud":
                if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var baud) || baud is < 50 or > 4_000_000)
                {
                    problems.Add($"--baud: '{value}' is no speed from 50 to 4000000");
                }

                _baud = baud;
                return true;
            case "--terminator":
                if (value is not ("lf" or "cr" or "crlf"))
                {
                    problems.Add($"--terminator: '{value}' is unknown; write lf, cr or crlf");
                }

                _terminator = value switch { "cr" => "\r", "crlf" => "\r\n", _ => "\n" };
                return true;
            case "--fault":
                Faults = Fault(value);
                if (Faults is null)
                {
                    problems.Add($"--fault: '{value}' is unknown; write late, garble, drop, freeze or lie, and :N for every N-th reply");
                }

                return true;
            default:
                return false;
        }
    }

    /// <returns>Empty: it goes together.</returns>
    public string Check() => _path is null && (_baud, _terminator, _returnsAs) is not (null, null, null) ? "--baud, --terminator and --return-as belong to --pty" : "";

    /// <summary><c>garble</c>, <c>garble:20</c>; null where it is something else.</summary>
    private static FaultPlan? Fault(string value)
    {
        var parts = value.Split(':', 2);
        var every = UsualPeriod;
        return parts[0].All(char.IsAsciiLetterLower) && Enum.TryParse<WireFault>(parts[0], ignoreCase: true, out var fault)
            && (parts.Length == 1 || (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out every) && every > 0))
            ? new FaultPlan(fault, every, TimeProvider.System)
            : null;
    }
}
