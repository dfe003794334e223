using System.Globalization;
using CyclerControl.Core.Quantities;
using CyclerControl.Simulation.Land;

namespace CyclerControl.InstrumentSimulator;

/// <summary>What the vendor's software of LAND is to do, where it is that which is simulated.</summary>
/// <param name="Folder">Where its files go.</param>
/// <param name="FirstChannel">Number of the first cell's channel.</param>
internal sealed record LandOrder(string Folder, LandFileKind Kind, LandRecipe Recipe, int FirstChannel, double RecordSeconds);

/// <summary>The options of it.</summary>
internal sealed class LandWords
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

    /// <returns>What is wrong; empty for nothing.</returns>
    public string Read(string option, string value)
    {
        _other = option == "--land" ? _other : option;
        switch (option)
        {
            case "--land":
                _folder = Path.GetFullPath(value);
                return "";
            case "--format" when value is "cex" or "csv" or "txt":
                _kind = value switch { "cex" => LandFileKind.Cex, "csv" => LandFileKind.Csv, _ => LandFileKind.Txt };
                return "";
            case "--format":
                return $"--format: '{value}' is unknown; write cex, csv or txt";
            case "--recipe":
                _recipe = LandRecipe.Parse(value, out var problem);
                return problem.Length == 0 ? "" : $"--recipe: {problem}";
            case "--channel" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _channel) && _channel is >= 1 and <= MostChannel:
                return "";
            case "--channel":
                return $"--channel: '{value}' is no number from 1 to {MostChannel}";
            default:
                var every = QuantityParser.Parse(value, Dimension.Time).Quantity?.BaseValue ?? 0;
                _record = every;
                return every is >= 0.1 and <= 3600 ? "" : $"--record: '{value}' is no time from 0.1 s to 1 h";
        }
    }

    /// <returns>What does not go together; empty for nothing.</returns>
    public string Check(int cells) =>
        _folder is null ? _other is null ? "" : $"{_other} belongs to --land"
        : _recipe is null ? $"--recipe is missing; write --recipe \"{Example}\""
        : _channel + cells - 1 > MostChannel ? $"--channel: {cells} cells from channel {_channel} on are more than {MostChannel}"
        : "";

    public LandOrder? Order => _folder is { } folder && _recipe is { } recipe ? new LandOrder(folder, _kind, recipe, _channel, _record) : null;
}
