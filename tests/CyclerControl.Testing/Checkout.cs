namespace CyclerControl.Testing;

/// <summary>The checkout that the tests were built from.</summary>
public static class Checkout
{
    public static string Root { get; } = FindRoot();

    public static string Protocols => Path.Combine(Root, "protocols");

    public static string HardwareProfiles => Path.Combine(Root, "hardware-profiles");

    /// <summary>Path of a shipped protocol.</summary>
    /// <param name="name">Name of the file without its extension.</param>
    public static string Protocol(string name) => Path.Combine(Protocols, name + ".yaml");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CyclerControl.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"CyclerControl.sln is in no folder above {AppContext.BaseDirectory}");
    }
}
