using System.Globalization;
using CyclerControl.Simulation;
using CyclerControl.Simulation.Cells;
using CyclerControl.Simulation.Wire;

namespace CyclerControl.InstrumentSimulator;

/// <summary>The command line, read.</summary>
internal sealed record SimulatorArguments(int Port, WireProfile Profile, IReadOnlyList<string> Cells, long Seed, double Speed, string? TruthPath)
{
    public const string Usage = """
        usage: CyclerControl.InstrumentSimulator --tcp PORT [--profile P] [--cells A,B,...] [--seed N] [--speed X] [--truth FILE]
          --tcp PORT       port on 127.0.0.1; 0 takes any free one
          --profile P      scpi-cycler-8ch (default) or keithley-2450
          --cells A,B,...  cells on channel 1, 2, ...; the others hold those of the built-in station
          --seed N         channel n uses N + n - 1; default 1
          --speed X        simulated seconds per real second; default 1
          --truth FILE     one JSON line per event: what really happened
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
                case "--tcp":
                    problem = $"--tcp: '{value}' is no port; write 0 to 65535";
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
                default:
                    problem = $"unknown option '{args[i]}'";
                    return null;
            }
        }

        if (port is null)
        {
            problem = "--tcp PORT is missing";
            return null;
        }

        cells ??= [.. DemoCells.Names.Take(profile.MaxChannels)];
        var unknown = cells.FirstOrDefault(cell => !NamedCells.Names.Contains(cell));
        problem = unknown is not null ? $"--cells: '{unknown}' is unknown; there are {string.Join(", ", NamedCells.Names)}"
            : cells.Length > profile.MaxChannels ? $"--cells: {cells.Length} cells, but {profile.Name} has {profile.MaxChannels} channels"
            : "";
        return problem.Length > 0 ? null : new SimulatorArguments(port.Value, profile, cells, seed, speed, truth);
    }
}
