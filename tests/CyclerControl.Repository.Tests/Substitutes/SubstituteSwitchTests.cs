using System.Text.Json;
using CyclerControl.Repository.Tests.Script;
using CyclerControl.Repository.Tests.Tree;

namespace CyclerControl.Repository.Tests.Substitutes;

/// <summary>The switch from substitutes to packages, asked of the build itself. What it cannot show is a build against the packages.</summary>
public sealed class SubstituteSwitchTests
{
    public static TheoryData<string> Users() => [.. ProjectFile.All.Where(project => project.Substitutable.Count > 0).Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(Users))]
    public void UseSubstitutesFalse_EachUser_RefersToThePackageAndNoSubstitute(string name)
    {
        var project = ProjectFile.Named(name);

        var (packages, projects) = Evaluate(project, useSubstitutes: false);

        Assert.All(project.Substitutable, package => Assert.Contains(package, packages));
        Assert.DoesNotContain(projects, path => path.Contains("/Substitutes/", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Users))]
    public void UseSubstitutesTrue_EachUser_RefersToTheSubstituteAndNoPackage(string name)
    {
        var project = ProjectFile.Named(name);

        var (packages, projects) = Evaluate(project, useSubstitutes: true);

        Assert.All(project.Substitutable, package => Assert.DoesNotContain(package, packages));
        Assert.All(project.Substitutable, package =>
            Assert.Contains(projects, path => path.EndsWith($"src/Substitutes/{package}/{package}.csproj", StringComparison.Ordinal)));
    }

    private static (IReadOnlyList<string> Packages, IReadOnlyList<string> Projects) Evaluate(ProjectFile project, bool useSubstitutes)
    {
        var run = ProcessRun.Start(
            "dotnet",
            ["msbuild", RepositoryTree.Full(project.Path), $"-p:UseSubstitutes={(useSubstitutes ? "true" : "false")}", "-nodeReuse:false", "-getItem:PackageReference,ProjectReference"]);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        var items = JsonDocument.Parse(run.Output).RootElement.GetProperty("Items");
        return (Identities(items, "PackageReference"), Identities(items, "ProjectReference"));
    }

    private static List<string> Identities(JsonElement items, string kind) =>
        [.. items.GetProperty(kind).EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!.Replace('\\', '/'))];
}
