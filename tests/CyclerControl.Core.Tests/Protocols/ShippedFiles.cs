using CyclerControl.Testing;

namespace CyclerControl.Core.Tests.Protocols;

/// <summary>The protocol files of the repository.</summary>
internal static class ShippedFiles
{
    public static readonly string Folder = Checkout.Protocols;

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name + ".yaml"));
}
