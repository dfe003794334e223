using CyclerControl.Core.Documents;
using Microsoft.Extensions.Configuration;

namespace CyclerControl.Service.Configuration;

/// <summary>Gathers settings: command line before environment before appsettings.json before defaults.</summary>
internal static class ConfigurationSources
{
    private const string Section = "cycler";

    /// <param name="file">The JSON file; null: appsettings.json of this folder, if there is one.</param>
    /// <param name="commandLine">Key to value, of what somebody wrote there.</param>
    /// <param name="problems">Receives what cannot be read and what nobody knows.</param>
    public static IReadOnlyDictionary<string, SettingValue> Read(string? file, IReadOnlyDictionary<string, string?> commandLine, List<string> problems)
    {
        var fileName = Path.GetFullPath(file ?? "appsettings.json");
        var inFile = FromFile(fileName, isNeeded: file is not null, problems);
        var inEnvironment = Flat(new ConfigurationBuilder().AddEnvironmentVariables().Build());
        var known = Setting.All.ToDictionary(s => s.Key, StringComparer.OrdinalIgnoreCase);
        Unknown(inFile.Keys, known.Keys, key => $"{fileName}: {Section}:{key}", problems);
        Unknown(inEnvironment.Keys, known.Keys, key => "CYCLER__" + key.Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant(), problems);
        var values = new Dictionary<string, SettingValue>(StringComparer.Ordinal);
        foreach (var setting in Setting.All)
        {
            if (setting.IsSecret && inFile.ContainsKey(setting.Key))
            {
                problems.Add($"{fileName}: {Section}:{setting.Key}: a secret has no place in this file; set {setting.Variable}, or name a file with {setting.Key}_file");
            }

            values[setting.Key] =
                commandLine.TryGetValue(setting.Key, out var given) ? new SettingValue(setting, given, "command line " + setting.Option)
                : inEnvironment.TryGetValue(setting.Key, out given) ? new SettingValue(setting, given, "environment " + setting.Variable)
                : inFile.TryGetValue(setting.Key, out given) ? new SettingValue(setting, given, fileName)
                : new SettingValue(setting, setting.Default, "default");
        }

        return values;
    }

    private static Dictionary<string, string?> FromFile(string path, bool isNeeded, List<string> problems)
    {
        if (!File.Exists(path))
        {
            if (isNeeded)
            {
                problems.Add($"--config: '{path}' is not there; check the path, or leave --config out");
            }

            return [];
        }

        try
        {
            return Flat(new ConfigurationBuilder().AddJsonFile(path, optional: false, reloadOnChange: false).Build());
        }
        catch (Exception broken) when (broken is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            problems.Add($"{path}: cannot be read: {broken.GetBaseException().Message.TrimEnd('.')}; mend it there, or move it away");
            return [];
        }
    }

    /// <summary>Keys of our section, lists as text with commas.</summary>
    private static Dictionary<string, string?> Flat(IConfigurationRoot root)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in root.GetSection(Section).AsEnumerable(makePathsRelative: true))
        {
            if (value is null)
            {
                continue;
            }

            var colon = key.LastIndexOf(':');
            var isListed = colon > 0 && int.TryParse(key.AsSpan(colon + 1), out _);
            var name = (isListed ? key[..colon] : key).ToLowerInvariant();
            values[name] = isListed && values.TryGetValue(name, out var before) ? $"{value},{before}" : value;
        }

        return values;
    }

    private static void Unknown(IEnumerable<string> keys, IReadOnlyCollection<string> known, Func<string, string> place, List<string> problems)
    {
        foreach (var key in keys.Where(key => !known.Contains(key, StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal))
        {
            problems.Add($"{place(key)}: there is no such setting; {(NearName.Find(key, known) is { } near ? $"did you mean '{near}'?" : $"there are {string.Join(", ", known)}")}");
        }
    }
}
