using System.Xml.Linq;

namespace CyclerControl.Repository.Tests.Tree;

/// <summary>What a .csproj says about its neighbours.</summary>
internal sealed record ProjectFile(
    string Path, string Name, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages, IReadOnlyList<string> Substitutable)
{
    private static readonly Lazy<IReadOnlyList<ProjectFile>> Parsed = new(() =>
        [.. RepositoryTree.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).Select(Parse)]);

    public static IReadOnlyList<ProjectFile> All => Parsed.Value;

    public string Folder => Path[..Path.LastIndexOf('/')];

    public bool IsProduct => Path.StartsWith("src/", StringComparison.Ordinal) && !IsSubstitute;

    public bool IsSubstitute => Path.StartsWith("src/Substitutes/", StringComparison.Ordinal);

    public bool IsTest => Name.EndsWith(".Tests", StringComparison.Ordinal);

    public static ProjectFile Named(string name) => All.Single(project => project.Name == name);

    /// <summary>Everything that the project refers to, directly or through another one.</summary>
    public IReadOnlySet<string> Reach()
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>(Projects);
        while (open.TryPop(out var next))
        {
            if (reached.Add(next))
            {
                Named(next).Projects.ToList().ForEach(open.Push);
            }
        }

        return reached;
    }

    private static ProjectFile Parse(string path)
    {
        var items = XDocument.Parse(RepositoryTree.Read(path)).Descendants().ToLookup(item => item.Name.LocalName, item => item.Attribute("Include")?.Value);
        return new ProjectFile(
            path,
            System.IO.Path.GetFileNameWithoutExtension(path),
            [.. items["ProjectReference"].Select(include => System.IO.Path.GetFileNameWithoutExtension(include!.Replace('\\', '/')))],
            [.. items["PackageReference"].OfType<string>()],
            [.. items["SubstitutableReference"].OfType<string>()]);
    }
}
