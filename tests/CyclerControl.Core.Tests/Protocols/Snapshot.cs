using CyclerControl.Testing;

namespace CyclerControl.Core.Tests.Protocols;

/// <summary>Compares with a committed file. A missing one fails; CYCLER_UPDATE_SNAPSHOTS=1 writes them anew.</summary>
internal static class Snapshot
{
    public static void Matches(string actual, string path)
    {
        var file = Path.Combine(Checkout.Root, path);
        if (Environment.GetEnvironmentVariable("CYCLER_UPDATE_SNAPSHOTS") == "1")
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
            return;
        }

        Assert.True(File.Exists(file), $"{path} is missing; run the tests with CYCLER_UPDATE_SNAPSHOTS=1, read what they wrote, and commit it");
        Assert.Equal(File.ReadAllText(file), actual);
    }
}
