using System.Globalization;
using CyclerControl.Core.Quantities;
using CyclerControl.Simulation.Land;

namespace CyclerControl.InstrumentSimulator.Options;

/// <summary>What the vendor's software of LAND is to do, where it is that which is simulated.</summary>
/// <param name="Folder">Where its files go.</param>
/// <param name="FirstChannel">Number of the first cell's channel.</param>
internal sealed record LandOrder(string Folder, LandFileKind Kind, LandRecipe Recipe, int FirstChannel, double RecordSeconds);

/// <summary>The options of it.</summary>
internal sealed class LandWords : IOptionGroup
{
    public const string Example = "rest 10 min; dchg 0.5 mA 1 h; chg 0.5 mA 1 h to 1.0 V; loop 2 500";

    private const int MostChannel = 255;
    private string? _folder;
    private LandFileKind _kind = LandFileKind.Cex;
    private LandRecipe? _recipe;
    private int _channel = 1;
    private double _record = 10;
    private string? _other;

    public bool IsGiven => _folder is not null;

    public bool TryRead(string option, string value, List<string> problems)
    {
        if (option is not ("--land" or "--recipe" or "--format" or "--record" or "--channel"))
        {
            return false;
        }

        _other = option == "--land" ? _other : option;
        var problem = option switch
        {
            "--land" => Folder(value),
            "--format" => Format(value),
            "--recipe" => Recipe(value),
            "--channel" => Channel(value),
            _ => Record(value),
        };
        if (problem.Length > 0)
        {
            problems.Add(problem);
        }

        return true;
    }

    /// <returns>What does not go together; empty for nothing.</returns>
    /// <param name="cells">How many stand on its channels.</param>
    public string Check(int cells) =>
        _folder is null ? _other is null ? "" : $"{_other} belongs to --land"
        : _recipe is null ? $"--recipe is missing; write --recipe \"{Example}\""
        : _channel + cells - 1 > MostChannel ? $"--channel: {cells} cells from channel {_channel} on are more than {MostChannel}"
        : "";

    public LandOrder? Order => _folder is { } folder && _recipe is { } recipe ? new LandOrder(folder, _kind, recipe, _channel, _record) : null;

    private string Folder(string value)
    {
        _folder = Path.GetFullPath(value);
        return "";
    }

    private string Format(string value)
    {
        _kind = value switch { "csv" => LandFileKind.Csv, "txt" => LandFileKind.Txt, _ => LandFileKind.Cex };
        return value is "cex" or "csv" or "txt" ? "" : $"--format: '{value}' is unknown; write cex, csv or txt";
    }

    private string Recipe(string value)
    {
        _recipe = LandRecipe.Parse(value, out var problem);
        return problem.Length == 0 ? "" : $"--recipe: {problem}";
    }

    private string Channel(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _channel) && _channel is >= 1 and <= MostChannel
            ? ""
            : $"--channel: '{value}' is no number from 1 to {MostChannel}";

    private string Record(string value)
    {
        _record = QuantityParser.Parse(value, Dimension.Time).Quantity?.BaseValue ?? 0;
        return _record is >= 0.1 and <= 3600 ? "" : $"--record: '{value}' is no time from 0.1 s to 1 h";
    }
}
