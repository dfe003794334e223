using System.Globalization;
using CyclerControl.Simulation;
using CyclerControl.Simulation.Cells;
using CyclerControl.Simulation.Shorts;
using CyclerControl.Simulation.Wire;

namespace CyclerControl.InstrumentSimulator.Options;

/// <summary>What is behind the wire: the kind of instrument, its cells, their time and their shorts.</summary>
internal sealed class CellWords : IOptionGroup
{
    private WireProfile? _profile;
    private string[]? _cells;

    /// <summary>A kind of instrument was named.</summary>
    public bool HasProfile => _profile is not null;

    public long Seed { get; private set; } = 1;

    public double Speed { get; private set; } = 1;

    public string? TruthPath { get; private set; }

    public bool Shorts { get; private set; } = true;

    public ShortInjection? Injection { get; private set; }

    public bool TryRead(string option, string value, List<string> problems)
    {
        var problem = option switch
        {
            "--profile" => Profile(value),
            "--cells" => Cells(value),
            "--seed" => ReadSeed(value),
            "--speed" => ReadSpeed(value),
            "--truth" => Truth(value),
            "--shorts" => ReadShorts(value),
            "--short-after" => Injected(value),
            _ => null,
        };
        if (problem is { Length: > 0 })
        {
            problems.Add(problem);
        }

        return problem is not null;
    }

    /// <param name="isLand">The cells are those of the simulated LAND software.</param>
    public WireProfile ProfileFor(bool isLand) => _profile ?? (isLand ? WireProfile.LandStyle : WireProfile.Cycler);

    public IReadOnlyList<string> CellsFor(bool isLand) =>
        _cells ?? (isLand ? [DemoCells.Names[0]] : [.. DemoCells.Names.Take(ProfileFor(isLand).MaxChannels)]);

    /// <returns>Empty: it goes together.</returns>
    public string Check(bool isLand) => CellsFor(isLand).Count > ProfileFor(isLand).MaxChannels
        ? $"--cells: {CellsFor(isLand).Count} cells, but {ProfileFor(isLand).Name} has {ProfileFor(isLand).MaxChannels} channels"
        : "";

    private string Profile(string value)
    {
        if (!WireProfile.TryFind(value, out var found))
        {
            return $"--profile: '{value}' is unknown; there are {string.Join(", ", WireProfile.All.Select(known => known.Name))}";
        }

        _profile = found;
        return "";
    }

    private string Cells(string value)
    {
        _cells = value.Split(',', StringSplitOptions.TrimEntries);
        var unknown = _cells.Where(cell => !NamedCells.Names.Contains(cell)).Select(cell => $"'{cell}'").ToList();
        return unknown.Count == 0
            ? ""
            : $"--cells: {string.Join(", ", unknown)} {(unknown.Count == 1 ? "is" : "are")} unknown; there are {string.Join(", ", NamedCells.Names)}";
    }

    private string ReadSeed(string value)
    {
        var isSeed = long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed);
        Seed = seed;
        return isSeed ? "" : $"--seed: '{value}' is no whole number";
    }

    private string ReadSpeed(string value)
    {
        var isSpeed = double.TryParse(value, CultureInfo.InvariantCulture, out var speed) && speed > 0 && double.IsFinite(speed);
        Speed = speed;
        return isSpeed ? "" : $"--speed: '{value}' is no number above 0";
    }

    private string Truth(string value)
    {
        TruthPath = value;
        return "";
    }

    private string ReadShorts(string value)
    {
        Shorts = value == "on";
        return value is "on" or "off" ? "" : $"--shorts: '{value}' is neither on nor off";
    }

    private string Injected(string value)
    {
        Injection = value.Split('-') is [var first, var second]
            && double.TryParse(first, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var earliest)
            && double.TryParse(second, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var latest)
            && earliest > 0 && latest >= earliest && double.IsFinite(latest)
            ? new ShortInjection(earliest, latest)
            : null;
        return Injection is not null ? "" : $"--short-after: '{value}' is no span of seconds; write 1.5-2.5";
    }
}
