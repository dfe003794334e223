using CyclerControl.Repository.Tests.Tree;

namespace CyclerControl.Repository.Tests.Architecture;

public sealed class ReferenceRulesTests
{
    /// <summary>Which project may refer to which: the walls of the house. A new project needs a line here.</summary>
    private static readonly Dictionary<string, string[]> May = new()
    {
        ["CyclerControl.Core"] = [],
        ["CyclerControl.Analysis"] = ["CyclerControl.Core"],
        ["CyclerControl.Acquisition"] = ["CyclerControl.Core"],
        ["CyclerControl.Instruments"] = ["CyclerControl.Core"],
        ["CyclerControl.Simulation"] = ["CyclerControl.Core"],
        ["CyclerControl.Recording"] = ["CyclerControl.Core"],
        ["CyclerControl.Client"] = [],
        ["CyclerControl.Service"] = ["CyclerControl.Core", "CyclerControl.Acquisition", "CyclerControl.Recording", "CyclerControl.Analysis", "CyclerControl.Client"],
        ["CyclerControl.Cli"] =
        [
            "CyclerControl.Core", "CyclerControl.Analysis", "CyclerControl.Acquisition", "CyclerControl.Instruments",
            "CyclerControl.Simulation", "CyclerControl.Recording", "CyclerControl.Service", "CyclerControl.Client",
        ],
        ["CyclerControl.InstrumentSimulator"] = ["CyclerControl.Core", "CyclerControl.Simulation"],
    };

    private static readonly string[] Apart = ["CyclerControl.Instruments", "CyclerControl.Simulation", "CyclerControl.Recording"];

    public static TheoryData<string> Walled() =>
        [.. ProjectFile.All.Where(project => project.IsProduct || project.Path.StartsWith("tools/", StringComparison.Ordinal)).Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(Walled))]
    public void Project_OfTheProduct_RefersOnlyToWhatItMay(string name)
    {
        Assert.True(May.ContainsKey(name), $"{name} is new: a new project needs a wall that it enforces, and a line in this test.");
        Assert.Empty(ProjectFile.Named(name).Projects.Except(May[name]));
    }

    [Fact]
    public void InstrumentsSimulationRecording_Reach_NeverEachOther()
    {
        foreach (var name in Apart)
        {
            Assert.Empty(ProjectFile.Named(name).Reach().Intersect(Apart));
        }
    }

    [Fact]
    public void InstrumentSimulator_Reach_IsSimulationAndItsCoreOnly() =>
        Assert.Equal(["CyclerControl.Core", "CyclerControl.Simulation"], ProjectFile.Named("CyclerControl.InstrumentSimulator").Reach().Order());

    [Fact]
    public void Service_PointedAt_OnlyByCliAndItsTests() =>
        Assert.Empty(ProjectFile.All.Where(project => project.Projects.Contains("CyclerControl.Service")).Select(project => project.Name)
            .Except(["CyclerControl.Cli", "CyclerControl.Service.Tests"]));

    [Fact]
    public void Product_Reach_NeverIncludesTestsOrTools()
    {
        var others = ProjectFile.All.Where(project => !project.IsProduct && !project.IsSubstitute).Select(project => project.Name).ToHashSet();
        Assert.All(ProjectFile.All.Where(project => project.IsProduct), project => Assert.Empty(project.Reach().Intersect(others)));
    }

    [Fact]
    public void Core_Packages_AreYamlDotNetAndStatelessOnly()
    {
        var core = ProjectFile.Named("CyclerControl.Core");
        Assert.Equal(["YamlDotNet"], core.Packages);
        Assert.Equal(["Stateless"], core.Substitutable);
    }

    [Fact]
    public void Analysis_Packages_AreMathNetAtMost() => Assert.Empty(ProjectFile.Named("CyclerControl.Analysis").Packages.Except(["MathNet.Numerics"]));

    [Fact]
    public void Serilog_IsReferenced_ByTheCompositionRootOnly() =>
        Assert.Equal(
            ["CyclerControl.Cli"],
            ProjectFile.All.Where(project => project.IsProduct && project.Packages.Any(package => package.StartsWith("Serilog", StringComparison.Ordinal)))
                .Select(project => project.Name));

    [Theory]
    [InlineData("System.Net.Sockets")]
    [InlineData("File.Open")]
    [InlineData("File.ReadAll")]
    [InlineData("File.WriteAll")]
    [InlineData("new Thread(")]
    [InlineData("Task.Run(")]
    [InlineData("Stopwatch.")]
    [InlineData("TimeProvider.System")]
    public void Core_Sources_DoNoInputOutputAndStartNoThreads(string word) =>
        Assert.Empty(RepositoryTree.Sources.Where(file =>
            file.StartsWith("src/CyclerControl.Core/", StringComparison.Ordinal) && RepositoryTree.Read(file).Contains(word, StringComparison.Ordinal)).ToList());
}
