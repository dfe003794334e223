namespace CyclerControl.Cli.Tests.Processes;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Protocols => Path.Combine(Root, "protocols");

    public static string HardwareProfiles => Path.Combine(Root, "hardware-profiles");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CyclerControl.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no CyclerControl.sln above {AppContext.BaseDirectory}");
    }
}
