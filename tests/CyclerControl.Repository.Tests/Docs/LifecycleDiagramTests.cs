using CyclerControl.Core.Runs;
using CyclerControl.Repository.Tests.Tree;

namespace CyclerControl.Repository.Tests.Docs;

public sealed class LifecycleDiagramTests
{
    [Fact]
    public void Readme_Diagram_IsWhatTheMachineDraws()
    {
        var block = $"```mermaid\n{ChannelLifecycleDiagram.Mermaid()}```";
        Assert.True(RepositoryTree.Read("README.md").Contains(block, StringComparison.Ordinal), $"README.md needs this block, as the machine draws it:\n{block}");
    }
}
