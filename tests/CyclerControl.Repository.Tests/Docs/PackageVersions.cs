using System.Xml.Linq;
using CyclerControl.Repository.Tests.Tree;

namespace CyclerControl.Repository.Tests.Docs;

/// <summary>The pins of Directory.Packages.props.</summary>
internal static class PackageVersions
{
    public static IReadOnlyDictionary<string, string> All { get; } =
        XDocument.Parse(RepositoryTree.Read("Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(item => item.Attribute("Include")!.Value, item => item.Attribute("Version")!.Value);
}
