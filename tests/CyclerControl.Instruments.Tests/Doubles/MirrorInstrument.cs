using System.Globalization;

namespace CyclerControl.Instruments.Tests.Doubles;

/// <summary>An instrument that knows no physics: it keeps what it is told, and reads it back. Understands any SCPI-like language.</summary>
internal sealed class MirrorInstrument(string identification)
{
    private readonly Dictionary<string, string> _settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<string> _errors = new();

    /// <summary>Answers that a test dictates, by question.</summary>
    public Dictionary<string, string> Fixed { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Commands that are refused, with their error.</summary>
    public Dictionary<string, string> Refusals { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A reading is <c>V,I,R,t,status</c>, whatever is sourced.</summary>
    public bool AnswersWithFive { get; init; }

    /// <summary>A reading is <c>I,V</c> where one channel sources a voltage.</summary>
    public bool Swaps { get; init; }

    public IReadOnlyDictionary<string, string> Settings => _settings;

    public void Fail(string error) => _errors.Enqueue(error);

    public string? Receive(string line)
    {
        var replies = new List<string>();
        foreach (var message in line.Split(';'))
        {
            if (Execute(message.Trim().TrimStart(':')) is { } reply)
            {
                replies.Add(reply);
            }
        }

        return replies.Count > 0 ? string.Join(';', replies) : null;
    }

    private string? Execute(string message)
    {
        if (Fixed.TryGetValue(message, out var answer))
        {
            return answer;
        }

        var refusal = Refusals.FirstOrDefault(entry => message.StartsWith(entry.Key, StringComparison.OrdinalIgnoreCase));
        if (refusal.Key is not null)
        {
            _errors.Enqueue(refusal.Value);
            return null;
        }

        var question = message.IndexOf('?', StringComparison.Ordinal);
        return question >= 0 ? Answer(message[..question], message[(question + 1)..].Trim()) : Keep(message);
    }

    private string? Keep(string message)
    {
        var space = message.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0)
        {
            return null;
        }

        var header = message[..space];
        var arguments = message[(space + 1)..];
        var list = arguments.IndexOf(",(@", StringComparison.Ordinal);
        var value = list >= 0 ? arguments[..list] : arguments;
        value = value switch { "ON" => "1", "OFF" => "0", _ => value };
        foreach (var channel in list >= 0 ? Channels(arguments[(list + 1)..]) : [""])
        {
            _settings[header + channel] = value;
        }

        return null;
    }

    private string Answer(string header, string list)
    {
        switch (header.ToUpperInvariant())
        {
            case "*IDN":
                return identification;
            case "*ESR":
                return "0";
            case "SYST:ERR":
                return _errors.TryDequeue(out var error) ? error : "0,\"No error\"";
            case "MEAS":
                return string.Join(';', Channels(list).Select(Measured));
            case "TRAC:REM":
                return "#10";
            case "READ":
                return Measured("");
            case "MEAS:VOLT" or "MEAS:VOLT:DC":
                return Measured("").Split(',')[0];
            case "MEAS:CURR":
                return Measured("").Split(',')[1];
            default:
                return string.Join(',', Channels(list).Select(channel => _settings.GetValueOrDefault(header + channel, "0")));
        }
    }

    // 100 ohm at each channel, as a voltage source too.
    private string Measured(string channel)
    {
        var isOn = _settings.GetValueOrDefault("OUTP" + channel) == "1";
        var isVolts = (_settings.GetValueOrDefault("FUNC" + channel) ?? _settings.GetValueOrDefault("SOUR:FUNC") ?? _settings.GetValueOrDefault("SOUR:FUNC:MODE")) == "VOLT";
        var set = Number(isVolts ? "VOLT" : "CURR", channel);
        var (volts, amperes) = !isOn ? (0.1, 0) : isVolts ? (set, set / 100) : (set * 100, set);
        if (AnswersWithFive)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{volts:+0.000000E+00;-0.000000E+00},{amperes:+0.000000E+00;-0.000000E+00},+9.910000E+37,+1.000000E+00,+3.910000E+04");
        }

        var (first, second) = isVolts && Swaps ? (amperes, volts) : (volts, amperes);
        return string.Create(CultureInfo.InvariantCulture, $"{first:+0.000000000E+00;-0.000000000E+00},{second:+0.000000000E+00;-0.000000000E+00}");
    }

    private double Number(string header, string channel) => double.Parse(
        _settings.GetValueOrDefault(header + channel) ?? _settings.GetValueOrDefault("SOUR:" + header) ?? "0", CultureInfo.InvariantCulture);

    // "(@1,3)" and "(@1:8)"; nothing: the only channel.
    private static IEnumerable<string> Channels(string list)
    {
        if (!list.StartsWith("(@", StringComparison.Ordinal))
        {
            return [""];
        }

        return list.Trim('(', ')', '@').Split(',').SelectMany(part =>
        {
            var bounds = part.Split(':').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            return Enumerable.Range(bounds[0], bounds[^1] - bounds[0] + 1);
        }).Select(number => string.Create(CultureInfo.InvariantCulture, $"@{number}"));
    }
}
