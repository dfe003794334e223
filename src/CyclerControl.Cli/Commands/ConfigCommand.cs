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
                    reading.Values.ToDictionary(v => v.Key, v => new { value = Shown(v.Value), from = v.Value.From }), ApiJson.Options));
            }
            else
            {
                foreach (var value in reading.Values.Values)
                {
                    StandardStreams.Line($"{value.Setting.Key,-28} {Shown(value) ?? "-",-28} ({value.From})");
                }
            }

            return reading.Problems.Count == 0 ? ExitCode.Planned : throw new InputException(reading.Problems);
        });
        return WithExamples(command);
    }

    private static string? Shown(SettingValue value) => value is { Setting.IsSecret: true, Value: not null } ? "***" : value.Value;
}
