using System.Text.RegularExpressions;
using CyclerControl.Repository.Tests.Tree;

namespace CyclerControl.Repository.Tests.Docs;

/// <summary>docs/dependencies.md: a table of `package`, version, why, where.</summary>
public sealed partial class DependencyDocsTests
{
    private const string Page = "docs/dependencies.md";

    private static readonly IReadOnlyDictionary<string, string[]> Rows = RepositoryTree.Read(Page).Split('\n')
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(cells => cells.Length >= 6 && cells[1].StartsWith('`'))
        .ToDictionary(cells => cells[1].Trim('`'), cells => cells);

    public static TheoryData<string> Packages() => [.. PackageVersions.All.Keys];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Page_EachPin_StatesItsVersionAndReason(string package)
    {
        Assert.True(Rows.TryGetValue(package, out var row), $"{Page} has no row for {package}: a new dependency needs a line that says why.");
        Assert.Equal(PackageVersions.All[package], row[2]);
        Assert.True(row[3].Length > 20, $"{Page} does not say why {package} is here.");
    }

    [Fact]
    public void Page_Rows_AreAllPinned() => Assert.Empty(Rows.Keys.Except(PackageVersions.All.Keys));

    [Theory]
    [MemberData(nameof(Packages))]
    public void Pin_Each_IsReferencedByAProject(string package) =>
        Assert.True(
            ProjectFile.All.Any(project => project.Packages.Contains(package) || project.Substitutable.Contains(package))
            || RepositoryTree.Read("Directory.Build.props").Contains($"<PackageReference Include=\"{package}\"", StringComparison.Ordinal),
            $"{package} is pinned in Directory.Packages.props, and no project refers to it.");

    [Theory]
    [InlineData("Serilog", "using Serilog")]
    [InlineData("Polly.Core", "using Polly")]
    [InlineData("Microsoft.Extensions.Hosting", "using Microsoft.Extensions.Hosting")]
    [InlineData("Stateless", "using Stateless")]
    [InlineData("System.IO.Ports", "using System.IO.Ports")]
    [InlineData("xunit", "[Fact]")]
    [InlineData("Moq", "using Moq")]
    public void Page_NamedDependency_PointsAtCodeThatUsesIt(string package, string usage)
    {
        var files = Link().Matches(Rows[package][4]).Select(match => match.Groups["path"].Value.Replace("../", "", StringComparison.Ordinal)).ToList();

        Assert.True(files.Count > 0, $"{Page} does not link the code where {package} carries weight: put a link to a .cs file with '{usage}' into the last column of its row.");
        foreach (var file in files)
        {
            Assert.Contains(file, RepositoryTree.Files);
            Assert.Contains(usage, RepositoryTree.Read(file), StringComparison.Ordinal);
            var project = ProjectFile.All.Single(candidate => file.StartsWith(candidate.Folder + "/", StringComparison.Ordinal));
            Assert.True(
                project.Packages.Concat(project.Substitutable).Contains(package) || project.Reach().Any(name => ProjectFile.Named(name).Packages.Contains(package)),
                $"{project.Name} uses {package} and does not refer to it.");
        }
    }

    [Fact]
    public void ProjectFiles_None_StatesAVersionItself() =>
        Assert.Empty(ProjectFile.All.Where(project => Versioned().IsMatch(RepositoryTree.Read(project.Path))).Select(project => project.Path));

    [GeneratedRegex(@"\]\((?<path>[^)#]+\.cs)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("<PackageReference[^>]*Version", RegexOptions.None, 1000)]
    private static partial Regex Versioned();
}
