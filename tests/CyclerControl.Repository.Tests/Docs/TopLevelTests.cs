using CyclerControl.Repository.Tests.Tree;

namespace CyclerControl.Repository.Tests.Docs;

public sealed class TopLevelTests
{
    /// <summary>Notes that somebody left behind are no documentation.</summary>
    [Fact]
    public void TopLevel_HasTwoPages() =>
        Assert.Equal(["CHANGELOG.md", "README.md"], RepositoryTree.Files.Where(file => !file.Contains('/') && file.EndsWith(".md", StringComparison.OrdinalIgnoreCase)));
}
