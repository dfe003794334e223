namespace CyclerControl.Core.Tests.Protocols;

/// <summary>The protocol files of the repository.</summary>
internal static class ShippedFiles
{
    public static readonly string Repository = FindRepository();

    public static readonly string Folder = Path.Combine(Repository, "protocols");

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name + ".yaml"));

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CyclerControl.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("CyclerControl.sln is in no folder above the tests");
        }

        return folder;
    }
}
