using System.Text.RegularExpressions;
using CyclerControl.Service.Answers;

namespace CyclerControl.Service.Protocols;

/// <summary>The protocol files that a service knows by name.</summary>
public sealed partial class ProtocolLibrary(string folder)
{
    /// <summary>Longest text of a protocol, bytes.</summary>
    public const int LongestText = 1 << 20;

    private static readonly string[] s_extensions = [".yaml", ".yml", ".json"];

    public string Folder => folder;

    /// <summary>Names without extension, sorted.</summary>
    public IReadOnlyList<string> Names => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder).Where(IsProtocol).Select(f => Path.GetFileNameWithoutExtension(f)!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The text of a protocol.</summary>
    /// <param name="name">With or without extension; letters, digits, dot, dash and underscore only, so that it never leads out of the folder.</param>
    public Answer<string> Read(string name)
    {
        var bare = Bare(name);
        if (!Name().IsMatch(bare) || bare.Contains("..", StringComparison.Ordinal))
        {
            return new Refusal(RefusalKind.Invalid, "protocol: a name has 1 to 80 letters, digits, dots, dashes and underscores, and no path; list the names with 'cycler protocols'");
        }

        if (Reserved().IsMatch(bare))
        {
            return new Refusal(RefusalKind.Invalid, $"protocol: '{bare}' is the name of a device on Windows; take another name");
        }

        var file = s_extensions.Select(e => Path.Combine(folder, bare + e)).FirstOrDefault(File.Exists);
        if (file is null)
        {
            return new Refusal(RefusalKind.NotFound, $"protocol: there is no '{bare}' here; there are {string.Join(", ", Names)}");
        }

        return new FileInfo(file) is { LinkTarget: null, Length: <= LongestText }
            ? File.ReadAllText(file)
            : new Refusal(RefusalKind.Invalid, $"protocol: '{bare}' is a link, or longer than 1 MiB; put the file itself into the protocols folder");
    }

    private static string Bare(string name) =>
        s_extensions.FirstOrDefault(e => name.EndsWith(e, StringComparison.Ordinal)) is { } extension ? name[..^extension.Length] : name;

    private static bool IsProtocol(string file) =>
        s_extensions.Contains(Path.GetExtension(file), StringComparer.Ordinal) && !file.EndsWith(".schema.json", StringComparison.Ordinal);

    [GeneratedRegex("^[A-Za-z0-9._-]{1,80}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    /// <summary>Whatever follows the first dot.</summary>
    [GeneratedRegex(@"^(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(\.|$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reserved();
}
