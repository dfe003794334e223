using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CyclerControl.Client.Protocols;
using CyclerControl.Service.Answers;

namespace CyclerControl.Service.Protocols;

/// <summary>
/// The protocol files that a service knows by name: those of a folder, and what was uploaded over them. An upload is a new version; no
/// version is ever overwritten, and a run keeps the text that it was started with.
/// </summary>
/// <param name="shipped">Folder of files that are only read.</param>
/// <param name="uploads">Folder of uploads: <c>NAME/N.yaml</c>.</param>
public sealed partial class ProtocolLibrary(string shipped, string uploads)
{
    /// <summary>Longest text of a protocol, bytes.</summary>
    public const int LongestText = 1 << 20;

    private static readonly string[] s_extensions = [".yaml", ".yml", ".json"];

    /// <summary>Names that Windows gives to devices: a file of that name could not be copied there.</summary>
    private static readonly string[] s_reserved =
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"com{n}", $"lpt{n}" })];

    private readonly Lock _guard = new();

    /// <summary>Names without extension, sorted.</summary>
    public IReadOnlyList<string> Names => [.. ShippedNames.Concat(UploadedNames).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public IReadOnlyList<ProtocolInfo> List => [.. Names.Select(n => new ProtocolInfo(n, Versions(n).DefaultIfEmpty(0).Max(), null))];

    private IEnumerable<string> ShippedNames =>
        Directory.Exists(shipped) ? Directory.EnumerateFiles(shipped).Where(IsProtocol).Select(f => Path.GetFileNameWithoutExtension(f)!) : [];

    private IEnumerable<string> UploadedNames =>
        Directory.Exists(uploads) ? Directory.EnumerateDirectories(uploads).Select(d => Path.GetFileName(d)!) : [];

    /// <summary>The text of a protocol, in its newest version.</summary>
    /// <param name="name">With or without extension; letters, digits, dot, dash and underscore only, so that it never leads out of the folder.</param>
    public Answer<string> Read(string name)
    {
        var found = Read(name, null);
        return found.Value is { } protocol ? protocol.Text! : found.Refusal!;
    }

    /// <param name="version">Null: the newest; 0: as it was shipped.</param>
    public Answer<ProtocolInfo> Read(string name, int? version)
    {
        var bare = Bare(name);
        if (NameProblem(bare) is { } problem)
        {
            return problem;
        }

        var versions = Versions(bare);
        var wanted = version ?? versions.DefaultIfEmpty(0).Max();
        var file = wanted == 0
            ? s_extensions.Select(e => Path.Combine(shipped, bare + e)).FirstOrDefault(File.Exists)
            : versions.Contains(wanted) ? UploadOf(bare, wanted) : null;
        if (file is null)
        {
            return new Refusal(RefusalKind.NotFound, versions.Count == 0 || version is null
                ? $"protocol: there is no '{bare}' here; there are {string.Join(", ", Names)}"
                : $"protocol: '{bare}' has no version {version}; it has {string.Join(", ", versions)}");
        }

        return new FileInfo(file) is { LinkTarget: null, Length: <= LongestText }
            ? new ProtocolInfo(bare, wanted, File.ReadAllText(file))
            : new Refusal(RefusalKind.Invalid, $"protocol: '{bare}' is a link, or longer than 1 MiB; put the file itself into the protocols folder");
    }

    /// <summary>Keeps a text as the next version of a name. The caller has validated it.</summary>
    public Answer<ProtocolInfo> Add(string name, string text)
    {
        var bare = Bare(name);
        if (NameProblem(bare) is { } problem)
        {
            return problem;
        }

        lock (_guard)
        {
            var version = Versions(bare).DefaultIfEmpty(0).Max() + 1;
            var path = UploadOf(bare, version);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var stream = new FileStream(path + ".new", FileMode.Create, FileAccess.Write, FileShare.None))
            {
                stream.Write(Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            File.Move(path + ".new", path, overwrite: false);
            return new ProtocolInfo(bare, version, null);
        }
    }

    private static Refusal? NameProblem(string bare) =>
        !Name().IsMatch(bare) || bare.Contains("..", StringComparison.Ordinal) || bare.StartsWith('.') || s_reserved.Contains(bare.Split('.')[0].ToLowerInvariant(), StringComparer.Ordinal)
            ? new Refusal(RefusalKind.Invalid, "protocol: a name has 1 to 80 letters, digits, dots, dashes and underscores, no path, no dot at its beginning, and is no name of a device; GET /api/v1/protocols lists the names")
            : null;

    private IReadOnlyList<int> Versions(string bare)
    {
        var folder = Path.Combine(uploads, bare);
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)).Select(NumberOf).OfType<int>().Order()]
            : [];
    }

    private static int? NumberOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private string UploadOf(string bare, int version) => Path.Combine(uploads, bare, version.ToString(CultureInfo.InvariantCulture) + ".yaml");

    private static string Bare(string name) =>
        s_extensions.FirstOrDefault(e => name.EndsWith(e, StringComparison.Ordinal)) is { } extension ? name[..^extension.Length] : name;

    private static bool IsProtocol(string file) =>
        s_extensions.Contains(Path.GetExtension(file), StringComparer.Ordinal) && !file.EndsWith(".schema.json", StringComparison.Ordinal);

    [GeneratedRegex("^[A-Za-z0-9._-]{1,80}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
