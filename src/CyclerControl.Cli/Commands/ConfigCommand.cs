using System.CommandLine;
using System.Text.Json;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Output;
using CyclerControl.Client;
using CyclerControl.Service.Configuration;

namespace CyclerControl.Cli.Commands;

/// <summary>`cycler config`: what a service started here with the same options would be told, and by whom.</summary>
public sealed class ConfigCommand : CyclerCommand
{
    private const int WidestValue = 60;

    public override IReadOnlyList<string> Examples { get; } = ["cycler config", "cycler config --url http://127.0.0.1:6000 --json"];

    internal override Command Build()
    {
        var options = new ServeOptions();
        var json = CommonOptions.Json();
        var command = new Command("config", "Show the configuration that 'cycler serve' would have here, without secrets, and where each value comes from.") { json };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var reading = options.Read(parsed);
            if (parsed.GetValue(json))
            {
                StandardStreams.Line(JsonSerializer.Serialize(
                    reading.Values.ToDictionary(v => v.Key, v => new { value = v.Value.Shown, from = v.Value.From }), ApiJson.Options));
            }
            else
            {
                foreach (var line in Lines([.. reading.Values.Values]))
                {
                    StandardStreams.Line(line);
                }
            }

            return reading.Problems.Count == 0 ? ExitCode.Planned : throw new InputException(reading.Problems);
        });
        return WithExamples(command);
    }

    /// <summary>As wide as what is in them, so that the columns stand.</summary>
    internal static IEnumerable<string> Lines(IReadOnlyList<SettingValue> values)
    {
        var key = values.Max(v => v.Setting.Key.Length);
        var shown = Math.Min(WidestValue, values.Max(v => (v.Shown ?? "-").Length));
        return values.Select(v => $"{v.Setting.Key.PadRight(key)}  {(v.Shown ?? "-").PadRight(shown)}  ({v.From})");
    }
}
