using System.Text.Json;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Service.Security;

namespace CyclerControl.Cli.Remote;

/// <summary>What `cycler login` keeps: one token per service, in a file of the user's that nobody else can read.</summary>
internal static class KeptTokens
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    /// <summary>The file of this user.</summary>
    public static string Place
    {
        get
        {
            var folder = OperatingSystem.IsWindows()
                ? Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData)
                : Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } configured
                    ? configured
                    : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
            return Path.Combine(folder, "cyclercontrol", "tokens.json");
        }
    }

    /// <summary>The token for a service; null when there is none.</summary>
    /// <exception cref="InputException">The file cannot be read, or others can.</exception>
    public static string? Find(Uri url) => Read().GetValueOrDefault(Key(url));

    /// <exception cref="InputException">The file cannot be read, or others can.</exception>
    public static void Keep(Uri url, string token)
    {
        var all = Read();
        all[Key(url)] = token;
        Directory.CreateDirectory(Path.GetDirectoryName(Place)!);
        PrivateFile.Write(Place, JsonSerializer.Serialize(all, s_json));
    }

    private static string Key(Uri url) => url.GetLeftPart(UriPartial.Authority);

    private static Dictionary<string, string> Read()
    {
        if (!File.Exists(Place))
        {
            return [];
        }

        if (PrivateFile.IsOpenToOthers(Place))
        {
            throw new InputException($"{Place}: others on this computer can read it; 'chmod 600 {Place}', and have its tokens revoked if they may have been read");
        }

        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Place)) ?? [];
        }
        catch (JsonException broken)
        {
            throw new InputException($"{Place}: cannot be understood ({broken.Message}); delete it and log in again", broken);
        }
    }
}
