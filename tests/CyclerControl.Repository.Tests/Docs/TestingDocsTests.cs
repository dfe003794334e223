using System.Text.RegularExpressions;
using CyclerControl.Repository.Tests.Tree;

namespace CyclerControl.Repository.Tests.Docs;

public sealed partial class TestingDocsTests
{
    [Fact]
    public void Page_EachTestNamed_Exists()
    {
        var sources = RepositoryTree.Sources.Where(file => file.StartsWith("tests/", StringComparison.Ordinal))
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), RepositoryTree.Read);
        var named = Named().Matches(RepositoryTree.Read("docs/testing.md"));
        Assert.True(named.Count >= 12);
        var missing = named
            .Where(match => !sources[match.Groups["class"].Value]
                .Any(text => text.Contains($" {match.Groups["method"].Value}(", StringComparison.Ordinal)))
            .Select(match => match.Value);
        Assert.Empty(missing);
    }

    [Fact]
    public void Page_EachTestProject_IsInTheTable()
    {
        var page = RepositoryTree.Read("docs/testing.md");
        var projects = RepositoryTree.Files.Where(file => file.EndsWith(".Tests.csproj", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file));
        Assert.DoesNotContain(projects, name => !page.Contains($"| `{name}` |", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"`(?<class>[A-Za-z]+Tests)\.(?<method>[A-Za-z0-9]+_\w+)`", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();
}
