using CyclerControl.Simulation.Shorts;
using CyclerControl.Simulation.Wire;
using CyclerControl.Simulation.Wire.Faults;
using CyclerControl.Simulation.Wire.Serial;

namespace CyclerControl.InstrumentSimulator.Options;

/// <summary>The command line, read.</summary>
internal sealed record SimulatorArguments(int? Port, WireProfile Profile, IReadOnlyList<string> Cells, long Seed, double Speed, string? TruthPath)
{
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

    /// <param name="problems">All that is wrong; empty for nothing.</param>
    /// <returns>Null where something is wrong.</returns>
    public static SimulatorArguments? Parse(IReadOnlyList<string> args, out IReadOnlyList<string> problems)
    {
        var (place, cells, line, land) = (new PlaceWords(), new CellWords(), new LineWords(), new LandWords());
        var found = new List<string>();
        problems = found;
        Read(args, [place, cells, line, land], found);
        if (found.Count == 0)
        {
            found.AddRange(Checks(place, cells, line, land).Where(problem => problem.Length > 0));
        }

        return found.Count > 0 ? null : new SimulatorArguments(
            place.Port, cells.ProfileFor(land.IsGiven), cells.CellsFor(land.IsGiven), cells.Seed, cells.Speed, cells.TruthPath)
        {
            Instruments = place.Instruments,
            Shorts = cells.Shorts,
            Injection = cells.Injection,
            Share = place.Share,
            Line = line.Line,
            SerialNumber = place.SerialNumber,
            Faults = line.Faults,
            Land = land.Order,
        };
    }

    private static void Read(IReadOnlyList<string> args, IReadOnlyList<IOptionGroup> groups, List<string> problems)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i++)
        {
            var (option, value) = (args[i], i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal) ? args[i + 1] : null);
            i += value is null ? 0 : 1;
            if (value is null)
            {
                problems.Add($"{option}: a value is missing, or the option is unknown");
            }
            else if (!given.Add(option))
            {
                problems.Add($"{option}: given twice");
            }
            else if (!groups.Any(group => group.TryRead(option, value, problems)))
            {
                problems.Add($"unknown option '{option}'");
            }
        }
    }

    private static IEnumerable<string> Checks(PlaceWords place, CellWords cells, LineWords line, LandWords land)
    {
        yield return new[] { place.Port is not null, line.Line is not null, land.IsGiven }.Count(isGiven => isGiven) == 1
            ? ""
            : "--tcp PORT, --pty PATH, --neware PORT or --land DIR is missing, or two are given";
        yield return place.IsNeware == place.Share is null ? "--neware and --share belong together" : "";
        yield return place.IsNeware && (place.Instruments > 1 || place.SerialNumber is not null || cells.HasProfile)
            ? "--neware is one unit with eight channels: without --instruments, --serial-number and --profile"
            : "";
        yield return line.Check();
        yield return line.Line is not null && place.Instruments > 1 ? "--instruments: one serial line is one instrument" : "";
        yield return land.IsGiven && (place.Instruments > 1 || line.Faults is not null || place.SerialNumber is not null)
            ? "--land goes with --cells, --seed, --speed, --truth and --shorts"
            : "";
        yield return cells.Check(land.IsGiven);
        yield return land.Check(cells.CellsFor(land.IsGiven).Count);
    }
}
