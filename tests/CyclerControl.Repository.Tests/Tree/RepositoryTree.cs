namespace CyclerControl.Repository.Tests.Tree;

/// <summary>The files of the repository, found from where this assembly lies.</summary>
internal static class RepositoryTree
{
    /// <summary>Names of folders that hold what builds and runs leave behind (.gitignore).</summary>
    private static readonly HashSet<string> Ignored =
        ["bin", "obj", ".git", "TestResults", "BenchmarkDotNet.Artifacts", "cycler-data", "node_modules", ".vs", ".idea", ".vscode", "__pycache__"];

    private static readonly Lazy<string> Found = new(FindRoot);

    private static readonly Lazy<IReadOnlyList<string>> AllFiles = new(() => [.. Walk(Root).Order(StringComparer.Ordinal)]);

    public static string Root => Found.Value;

    /// <summary>Paths relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files => AllFiles.Value;

    public static IEnumerable<string> Sources => Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal));

    public static string Full(string relative) => Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(Full(relative));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CyclerControl.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No CyclerControl.sln above {AppContext.BaseDirectory}.");
    }

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        }

        foreach (var inner in Directory.EnumerateDirectories(folder).Where(inner => !Ignored.Contains(Path.GetFileName(inner))))
        {
            foreach (var file in Walk(inner))
            {
                yield return file;
            }
        }
    }
}
