using System.Globalization;

namespace CyclerControl.InstrumentSimulator.Options;

/// <summary>Where on the network it listens, and what opens its step files.</summary>
internal sealed class PlaceWords : IOptionGroup
{
    private const int MostInstruments = 256;
    private const int MostPort = 65535;

    /// <summary>On 127.0.0.1; null: no port was given.</summary>
    public int? Port { get; private set; }

    /// <summary>The port speaks the API of a Neware BTS client.</summary>
    public bool IsNeware { get; private set; }

    public string? Share { get; private set; }

    public int Instruments { get; private set; } = 1;

    public string? SerialNumber { get; private set; }

    public bool TryRead(string option, string value, List<string> problems)
    {
        switch (option)
        {
            case "--tcp" or "--neware":
                IsNeware |= option == "--neware";
                if (Port is not null)
                {
                    problems.Add("--tcp PORT and --neware PORT: one of them");
                }
                else if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= MostPort)
                {
                    Port = port;
                }
                else
                {
                    problems.Add($"{option}: '{value}' is no port; write 0 to {MostPort}");
                }

                return true;
            case "--share":
                Share = Path.GetFullPath(value);
                return true;
            case "--instruments":
                if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var instruments) && instruments is >= 1 and <= MostInstruments)
                {
                    Instruments = instruments;
                }
                else
                {
                    problems.Add($"--instruments: '{value}' is no number from 1 to {MostInstruments}");
                }

                return true;
            case "--serial-number":
                SerialNumber = value;
                if (value.Length == 0 || !value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.'))
                {
                    problems.Add($"--serial-number: '{value}' is none; use letters, digits, dots and dashes");
                }

                return true;
            default:
                return false;
        }
    }
}
