using System.Globalization;
using CyclerControl.Simulation;
using CyclerControl.Simulation.Cells;
using CyclerControl.Simulation.Shorts;
using CyclerControl.Simulation.Wire;
using CyclerControl.Simulation.Wire.Faults;
using CyclerControl.Simulation.Wire.Serial;

namespace CyclerControl.InstrumentSimulator;

/// <summary>The command line, read.</summary>
internal sealed record SimulatorArguments(int? Port, WireProfile Profile, IReadOnlyList<string> Cells, long Seed, double Speed, string? TruthPath)
{
    private const int MostInstruments = 256;

    /// <summary>What a simulated BTS PC calls the folder of step files.</summary>
    public const string BtsFolder = @"C:\bts";

    /// <summary>How many instruments of the same kind listen, each on its own port.</summary>
    public int Instruments { get; init; } = 1;

    /// <summary>The serial line instead of a port; null: none.</summary>
    public SerialLineOptions? Line { get; init; }

    public string? SerialNumber { get; init; }

    /// <summary>The folder of step files, when it is a Neware BTS client on its port instead of a SCPI instrument; null: it is not.</summary>
    public string? Share { get; init; }

    public FaultPlan? Faults { get; init; }

    /// <summary>Set when it is the vendor's software of LAND instead of an instrument.</summary>
    public LandOrder? Land { get; init; }

    /// <summary>False: no cell shorts by itself.</summary>
    public bool Shorts { get; init; } = true;

    /// <summary>Hard shorts on a schedule; null: none.</summary>
    public ShortInjection? Injection { get; init; }

    public static readonly string Usage = $"""
        usage: CyclerControl.InstrumentSimulator --tcp PORT | --pty PATH | --neware PORT --share DIR | --land DIR --recipe TEXT [--profile P] [--cells A,B,...] [--seed N] [--speed X] [--truth FILE]
                                                   [--instruments N] [--shorts on|off] [--short-after A-B] [--serial-number S]
                                                   [--baud N] [--terminator lf|cr|crlf] [--return-as PATH] [--fault KIND[:N]]
                                                   [--format cex|csv|txt] [--record T] [--channel N]
          --tcp PORT       port on 127.0.0.1; 0 takes any free one
          --pty PATH       a serial line instead: a pseudo-terminal under this name (Linux)
          --neware PORT    a Neware BTS client's API with eight channels (type 27, device 21, unit 1); the real port is 502
          --share DIR      where it opens step files: what it calls {BtsFolder} is this folder
          --land DIR       the vendor's software of LAND: no wire; a test of each cell, and a file of each test that grows in DIR
          --recipe TEXT    what it does: "{LandWords.Example}"; ends are a time, a voltage or both; loop A N goes back to step A, N passes in all
          --format F       what it writes: cex (default), csv or txt
          --record T       between two records; default 10 s
          --channel N      of the first cell; the others follow; default 1
          --profile P      {string.Join(", ", WireProfile.All.Select(known => known.Name))}; the first unless given
          --cells A,B,...  cells on channel 1, 2, ...; the others hold those of the built-in station
          --seed N         channel n uses N + n - 1; default 1
          --speed X        simulated seconds per real second; default 1
          --truth FILE     one JSON line per event: what really happened
          --instruments N  so many instruments, on PORT, PORT + 1, ...; truth goes to FILE.1, FILE.2, ...; default 1
          --shorts off     no cell shorts by itself; default on
          --short-after A-B  a hard short on each channel, A to B seconds (uniform) after each output-on, gone when the output is off
          --serial-number S  what it answers to *IDN?, so that two of a kind can be told apart
          --baud N         characters on the line take their time, 10 bits each; without it none
          --terminator T   what ends a reply on the line: lf (default), cr or crlf
          --return-as PATH where the line comes back after a drop, and PATH of --pty after the next
          --fault KIND[:N] every N-th reply (100) is wrong: late (by 5 s, Neware 35 s), garble, drop (half of it, and the line is gone; a terminal for 2 s),
                           freeze (deaf and mute for 10 s) or lie (another number)
        """;

    /// <returns>Null where something is wrong; <paramref name="problem"/> says what.</returns>
    public static SimulatorArguments? Parse(IReadOnlyList<string> args, out string problem)
    {
        int? port = null;
        var profile = WireProfile.Cycler;
        string[]? cells = null;
        var seed = 1L;
        var speed = 1.0;
        string? truth = null;
        var instruments = 1;
        var shorts = true;
        ShortInjection? injection = null;
        SerialLineOptions? line = null;
        string? share = null;
        var isNeware = false;
        var words = new LineWords();
        var land = new LandWords();
        string? serialNumber = null;
        FaultPlan? faults = null;
        problem = "";
        for (var i = 0; i < args.Count; i += 2)
        {
            if (i + 1 == args.Count)
            {
                problem = $"{args[i]}: a value is missing, or the option is unknown";
                return null;
            }

            var value = args[i + 1];
            switch (args[i])
            {
                case "--tcp" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 65535:
                    port = number;
                    break;
                case "--neware" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 65535:
                    port = number;
                    isNeware = true;
                    break;
                case "--neware":
                    problem = $"--neware: '{value}' is no port; write 0 to 65535";
                    return null;
                case "--share":
                    share = Path.GetFullPath(value);
                    break;
                case "--tcp":
                    problem = $"--tcp: '{value}' is no port; write 0 to 65535";
                    return null;
                case "--pty":
                    line = new SerialLineOptions(Path.GetFullPath(value));
                    break;
                case "--baud" or "--terminator" or "--return-as":
                    problem = words.Read(args[i], value);
                    if (problem.Length > 0)
                    {
                        return null;
                    }

                    break;
                case "--land" or "--recipe" or "--format" or "--record" or "--channel":
                    problem = land.Read(args[i], value);
                    if (problem.Length > 0)
                    {
                        return null;
                    }

                    break;
                case "--serial-number" when value.Length > 0 && value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.'):
                    serialNumber = value;
                    break;
                case "--serial-number":
                    problem = $"--serial-number: '{value}' is none; use letters, digits, dots and dashes";
                    return null;
                case "--fault" when LineWords.Fault(value) is { } plan:
                    faults = plan;
                    break;
                case "--fault":
                    problem = $"--fault: '{value}' is unknown; write late, garble, drop, freeze or lie, and :N for every N-th reply";
                    return null;
                case "--profile" when WireProfile.TryFind(value, out var found):
                    profile = found;
                    break;
                case "--profile":
                    problem = $"--profile: '{value}' is unknown; there are {string.Join(", ", WireProfile.All.Select(known => known.Name))}";
                    return null;
                case "--cells":
                    cells = value.Split(',', StringSplitOptions.TrimEntries);
                    break;
                case "--seed" when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out seed):
                    break;
                case "--seed":
                    problem = $"--seed: '{value}' is no whole number";
                    return null;
                case "--speed" when double.TryParse(value, CultureInfo.InvariantCulture, out speed) && speed > 0 && double.IsFinite(speed):
                    break;
                case "--speed":
                    problem = $"--speed: '{value}' is no number above 0";
                    return null;
                case "--truth":
                    truth = value;
                    break;
                case "--instruments" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out instruments)
                    && instruments is >= 1 and <= MostInstruments:
                    break;
                case "--instruments":
                    problem = $"--instruments: '{value}' is no number from 1 to {MostInstruments}";
                    return null;
                case "--shorts" when value is "on" or "off":
                    shorts = value == "on";
                    break;
                case "--shorts":
                    problem = $"--shorts: '{value}' is neither on nor off";
                    return null;
                case "--short-after" when Span(value) is { } span:
                    injection = span;
                    break;
                case "--short-after":
                    problem = $"--short-after: '{value}' is no span of seconds; write 1.5-2.5";
                    return null;
                default:
                    problem = $"unknown option '{args[i]}'";
                    return null;
            }
        }

        if (land.IsGiven && args.All(arg => arg != "--profile"))
        {
            profile = WireProfile.LandStyle;
        }

        problem = new[] { port is not null, line is not null, land.IsGiven }.Count(isGiven => isGiven) != 1
            ? "--tcp PORT, --pty PATH, --neware PORT or --land DIR is missing, or two are given"
            : isNeware == share is null ? "--neware and --share belong together"
            : line is null && words.IsGiven ? "--baud, --terminator and --return-as belong to --pty"
            : line is not null && instruments > 1 ? "--instruments: one serial line is one instrument"
            : land.IsGiven && (instruments > 1 || faults is not null || serialNumber is not null) ? "--land goes with --cells, --seed, --speed, --truth and --shorts"
            : land.Check(cells?.Length ?? 1);
        if (problem.Length > 0)
        {
            return null;
        }

        cells ??= land.IsGiven ? [DemoCells.Names[0]] : [.. DemoCells.Names.Take(profile.MaxChannels)];
        var unknown = cells.FirstOrDefault(cell => !NamedCells.Names.Contains(cell));
        problem = unknown is not null ? $"--cells: '{unknown}' is unknown; there are {string.Join(", ", NamedCells.Names)}"
            : cells.Length > profile.MaxChannels ? $"--cells: {cells.Length} cells, but {profile.Name} has {profile.MaxChannels} channels"
            : "";
        return problem.Length > 0 ? null : new SimulatorArguments(port, profile, cells, seed, speed, truth)
        {
            Instruments = instruments,
            Shorts = shorts,
            Injection = injection,
            Share = share,
            Line = line is null ? null : words.Apply(line),
            SerialNumber = serialNumber,
            Faults = faults,
            Land = land.Order,
        };
    }

    private static ShortInjection? Span(string value) => value.Split('-') is [var first, var second]
        && double.TryParse(first, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var earliest)
        && double.TryParse(second, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var latest)
        && earliest > 0 && latest >= earliest && double.IsFinite(latest)
        ? new ShortInjection(earliest, latest)
        : null;
}
