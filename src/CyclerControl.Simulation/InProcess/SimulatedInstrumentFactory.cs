using System.Globalization;
using CyclerControl.Core.Channels;
using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.InProcess;

/// <summary>
/// Links of the scheme <c>sim</c>: <c>sim://?cells=li-lpsc-li,lacss&amp;seed=1</c>, simulated cells in this process without a wire. Channel n
/// uses seed + n - 1; also <c>shorts=false</c>, <c>noise=false</c> and <c>truth=FILE</c>.
/// </summary>
public sealed class SimulatedInstrumentFactory : IInstrumentFactory
{
    public string Scheme => "sim";

    /// <exception cref="InstrumentException">An unknown cell or key; the message says which and what there is.</exception>
    public IInstrumentLink CreateLink(InstrumentAddress address, IClock clock)
    {
        ArgumentNullException.ThrowIfNull(address);
        try
        {
            return new SimulatedInstrumentLink(address, Options(address.Connect, clock));
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new InstrumentException($"{address.Name}: '{address.Connect.OriginalString}': {e.Message}", e) { Instrument = address.Name };
        }
    }

    private static SimulatedCyclerOptions Options(Uri connect, IClock clock)
    {
        var options = new SimulatedCyclerOptions { Clock = clock };
        var text = connect.OriginalString;
        var mark = text.IndexOf('?', StringComparison.Ordinal);
        var query = mark < 0 ? "" : text[(mark + 1)..];
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? pair : pair[..equals];
            var value = equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..]);
            options = key switch
            {
                "cells" => options with { Cells = value.Split(',', StringSplitOptions.TrimEntries) },
                "seed" when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed) =>
                    options with { Seed = seed },
                "seed" => throw new FormatException($"seed '{value}' is no whole number; write seed=1"),
                "shorts" => options with { Shorts = Boolean(key, value) },
                "noise" => options with { Noise = Boolean(key, value) ? null : NoiseParameters.None },
                "truth" => options with { TruthPath = value },
                _ => throw new FormatException($"unknown key '{key}'; there are cells, seed, shorts, noise, truth"),
            };
        }

        return options;
    }

    private static bool Boolean(string key, string value) => value switch
    {
        "true" => true,
        "false" => false,
        _ => throw new FormatException($"{key} '{value}' is neither true nor false"),
    };
}
