using CyclerControl.Repository.Tests.Tree;

namespace CyclerControl.Repository.Tests.Docs;

public sealed class DecisionPagesTests
{
    private static readonly string[] Names =
        [.. RepositoryTree.Files.Where(file => file.StartsWith("docs/decisions/", StringComparison.Ordinal) && file.EndsWith(".md", StringComparison.Ordinal))];

    public static TheoryData<string> Pages() => [.. Names];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_Each_HasContextDecisionConsequences(string page)
    {
        var headings = RepositoryTree.Read(page).Split('\n').Where(line => line.StartsWith('#')).Select(line => line.Trim()).ToList();

        Assert.StartsWith("# ", headings[0], StringComparison.Ordinal);
        Assert.Equal(["## Context", "## Decision", "## Consequences"], headings[1..]);
    }

    [Fact]
    public void Pages_Numbers_RunFromOneWithoutAGap() =>
        Assert.Equal(
            Enumerable.Range(1, Names.Length).Select(number => number.ToString("0000", System.Globalization.CultureInfo.InvariantCulture)),
            Names.Select(page => Path.GetFileName(page)[..4]));
}
