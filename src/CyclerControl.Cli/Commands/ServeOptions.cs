using System.CommandLine;
using CyclerControl.Service.Configuration;

namespace CyclerControl.Cli.Commands;

/// <summary>What can be configured on the command line of `serve`, and be seen by `config`.</summary>
internal sealed class ServeOptions
{
    private static readonly string[] s_flags = ["realtime", "insecure_lan"];

    private readonly Option<string?> _file = new("--config") { Description = "Configuration file; default: appsettings.json of this folder, if there is one.", HelpName = "FILE" };
    private readonly Dictionary<string, Option<string?>> _texts = [];
    private readonly Dictionary<string, Option<bool>> _switches = [];

    public ServeOptions()
    {
        foreach (var setting in Setting.All.Where(s => s.Option is not null))
        {
            if (s_flags.Contains(setting.Key))
            {
                _switches[setting.Key] = new Option<bool>(setting.Option!) { Description = setting.About };
            }
            else
            {
                var about = setting.Default is null ? setting.About : $"{setting.About} Default: {setting.Default}.";
                _texts[setting.Key] = new Option<string?>(setting.Option!) { Description = about, HelpName = setting.Key is "url" ? "URL" : setting.Key is "hosts" ? "NAMES" : setting.Key is "data" or "protocols" ? "FOLDER" : "FILE" };
            }
        }
    }

    public void AddTo(Command command)
    {
        command.Add(_file);
        foreach (var option in _texts.Values)
        {
            command.Add(option);
        }

        foreach (var option in _switches.Values)
        {
            command.Add(option);
        }
    }

    /// <summary>Reads all sources.</summary>
    public ConfigurationReading Read(ParseResult parsed)
    {
        var given = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (key, option) in _texts.Where(o => parsed.GetValue(o.Value) is not null))
        {
            given[key] = parsed.GetValue(option);
        }

        foreach (var (key, option) in _switches.Where(o => parsed.GetResult(o.Value) is { Implicit: false }))
        {
            given[key] = parsed.GetValue(option) ? "true" : "false";
        }

        return ConfigurationReader.Read(parsed.GetValue(_file), given);
    }
}
