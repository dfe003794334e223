using System.Xml.Linq;
using CyclerControl.Repository.Tests.Docs;
using CyclerControl.Repository.Tests.Tree;

namespace CyclerControl.Repository.Tests.Substitutes;

public sealed class SubstituteRulesTests
{
    [Fact]
    public void ProductFiles_None_NamesASubstitute() =>
        Assert.Empty(RepositoryTree.Files
            .Where(file => file.StartsWith("src/", StringComparison.Ordinal) && !file.StartsWith("src/Substitutes/", StringComparison.Ordinal))
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(file => RepositoryTree.Read(file).Contains("Substitutes", StringComparison.Ordinal))
            .ToList());

    [Fact]
    public void BuildFiles_OnlyOne_MapsNamesToSubstitutes() =>
        Assert.Equal(
            ["Directory.Build.targets"],
            RepositoryTree.Files
                .Where(file => Path.GetExtension(file) is ".props" or ".targets" or ".csproj")
                .Where(file => XDocument.Parse(RepositoryTree.Read(file)).Descendants("ProjectReference")
                    .Any(item => item.Attribute("Include")!.Value.Contains("Substitutes/", StringComparison.Ordinal))));

    [Fact]
    public void Substitutes_Each_CarryThePackagesVersionAndListTheirMembers()
    {
        var substitutes = ProjectFile.All.Where(project => project.IsSubstitute).ToList();
        Assert.NotEmpty(substitutes);
        foreach (var substitute in substitutes)
        {
            var version = Version.Parse(PackageVersions.All[substitute.Name]);
            Assert.Contains(
                $"<AssemblyVersion>{version.Major}.{version.Minor}.{version.Build}.0</AssemblyVersion>", RepositoryTree.Read(substitute.Path), StringComparison.Ordinal);
            Assert.Contains($"{substitute.Folder}/PublicApi.txt", RepositoryTree.Files);
            Assert.Contains(substitute.Name, RepositoryTree.Read("docs/substitutes.md"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void SubstitutableReferences_All_HaveASubstitute() =>
        Assert.Empty(ProjectFile.All.SelectMany(project => project.Substitutable).Distinct()
            .Except(ProjectFile.All.Where(project => project.IsSubstitute).Select(project => project.Name)));
}
