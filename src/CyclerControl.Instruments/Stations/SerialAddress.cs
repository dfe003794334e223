using System.Collections.Immutable;
using System.Globalization;
using System.IO.Ports;
using CyclerControl.Instruments.Transports;

namespace CyclerControl.Instruments.Stations;

/// <summary>
/// Where a serial instrument is: <c>serial:///dev/ttyUSB0?baud=9600</c>, <c>serial://COM3</c>, or, wherever it hangs,
/// <c>serial://auto?id=1234567&amp;ports=/dev/ttyUSB*</c>.
/// </summary>
/// <param name="Port">The port; null where it is searched for.</param>
/// <param name="Patterns">Of a search: ports, <c>*</c> and <c>?</c> allowed; empty for all of this computer.</param>
/// <param name="Id">What the identification must contain, usually the serial number; null where any instrument of the profile will do.</param>
/// <param name="Settings">Of the line.</param>
public sealed record SerialAddress(string? Port, ImmutableArray<string> Patterns, string? Id, SerialSettings Settings)
{
    private const string Keys = "baud, parity, data_bits, stop_bits, handshake, settle, id, ports";
    private const string Usual = "write \"serial:///dev/ttyUSB0?baud=9600\", \"serial://COM3\" or \"serial://auto?id=1234567\"";

    /// <summary>Two instruments of a station must not have the same.</summary>
    public string Place => Port is null ? $"auto {string.Join(',', Patterns)} {Id}" : OperatingSystem.IsWindows() ? Port.ToUpperInvariant() : Port;

    /// <param name="uri">Of scheme serial.</param>
    /// <param name="usual">The profile's settings, for what is not given.</param>
    /// <param name="problem">What is wrong, and the cure.</param>
    public static SerialAddress? TryParse(Uri uri, SerialSettings usual, out (string What, string Cure) problem)
    {
        var path = Uri.UnescapeDataString(uri.AbsolutePath);
        var port = uri.Host.Length > 0 ? uri.Host : path;
        var isSearch = port == "auto";
        if (port is "" or "/" || (uri.Host.Length > 0 && path.Length > 1) || uri.Port > 0 || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            problem = ("names no serial port", Usual);
            return null;
        }

        var address = new SerialAddress(isSearch ? null : uri.Host.Length > 0 ? port.ToUpperInvariant() : port, [], null, usual);
        return AddressQuery.Read(uri, address, static (SerialAddress a, string key, string value, out (string, string) wrong) => a.With(key, value, out wrong), out problem);
    }

    private SerialAddress? With(string key, string value, out (string What, string Cure) problem)
    {
        problem = default;
        switch (key)
        {
            case "baud" when Whole(value, SerialWords.SlowestBaud, SerialWords.FastestBaud) is { } baud:
                return this with { Settings = Settings with { Baud = baud } };
            case "data_bits" when Whole(value, 5, 8) is { } bits:
                return this with { Settings = Settings with { DataBits = bits } };
            case "stop_bits" when Whole(value, 1, 2) is { } stop:
                return this with { Settings = Settings with { StopBits = stop == 2 ? StopBits.Two : StopBits.One } };
            case "parity" when SerialWords.Parities.IndexOf(value) is var parity and >= 0:
                return this with { Settings = Settings with { Parity = (Parity)parity } };
            case "handshake" when SerialWords.Handshakes.IndexOf(value) is var handshake and >= 0:
                return this with { Settings = Settings with { Handshake = (Handshake)handshake } };
            case "settle" when value.EndsWith("ms", StringComparison.Ordinal) && Whole(value[..^2].TrimEnd(), 0, 2000) is { } settle:
                return this with { Settings = Settings with { Settle = TimeSpan.FromMilliseconds(settle) } };
            case "id" when value.Length > 0:
                return this with { Id = value };
            case "ports" when Port is null && value.Length > 0:
                return this with { Patterns = [.. value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)] };
        }

        problem = key switch
        {
            "baud" => ($"has the speed '{value}'", $"use {SerialWords.SlowestBaud} to {SerialWords.FastestBaud}, as set at the instrument"),
            "data_bits" => ($"has {value} data bits", "use 5 to 8"),
            "stop_bits" => ($"has {value} stop bits", "use 1 or 2"),
            "parity" => ($"has the parity '{value}'", $"use {string.Join(", ", SerialWords.Parities)}"),
            "handshake" => ($"has the handshake '{value}'", $"use {string.Join(", ", SerialWords.Handshakes)}"),
            "settle" => ($"has the silence '{value}'", "use 0ms to 2000ms"),
            "id" => ("has an empty id", "write the serial number that the instrument answers to *IDN?"),
            "ports" => ("has ports to search, and a port", "write serial://auto?ports=..., or leave ports out"),
            _ => ($"has the unknown setting '{key}'", $"known are {Keys}"),
        };
        return null;
    }

    private static int? Whole(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;
}
