using CyclerControl.Core.Runs;
using CyclerControl.Repository.Tests.Tree;

namespace CyclerControl.Repository.Tests.Docs;

public sealed class LifecycleDiagramTests
{
    [Fact]
    public void Readme_Diagram_IsWhatTheMachineDraws() =>
        Assert.Contains($"```mermaid\n{ChannelLifecycleDiagram.Mermaid()}```", RepositoryTree.Read("README.md"), StringComparison.Ordinal);
}
