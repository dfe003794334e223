using CyclerControl.Repository.Tests.Tree;

namespace CyclerControl.Repository.Tests.Readme;

public sealed class ReadmeTests
{
    [Fact]
    public void Readme_EachCommand_WorksInItsOrder()
    {
        using var folder = new ReadmeFolder();
        Assert.True(ReadmePage.Runnable.Count >= 10, string.Join('\n', ReadmePage.Runnable));

        foreach (var line in ReadmePage.Runnable)
        {
            var result = folder.Type(line);

            Assert.True(result.ExitCode == 0, $"{line}: exit {result.ExitCode}\n{result.Error}{result.Output}");
            if (line == ReadmePage.Runnable[0])
            {
                AssertIsThePicture(result.Output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries));
            }
        }
    }

    [Fact]
    public void Readme_TheService_IsStartedAskedAndStopped() =>
        Assert.Superset(
            new HashSet<string> { "serve", "login", "start", "status", "stop", "end" },
            ReadmePage.BlockCommands.Where(c => c.StartsWith("cycler ", StringComparison.Ordinal)).Select(c => c.Split(' ')[1]).ToHashSet());

    [Fact]
    public void Readme_FirstBlocks_AreTheRunAndTheTests()
    {
        Assert.Equal($"{ReadmePage.LongForm} run protocols/ccd-step-increased.yaml --cell area=0.785cm2", ReadmePage.BlockCommands[0]);
        Assert.Equal("tools/check.sh", ReadmePage.BlockCommands[1]);
        Assert.Contains("tools/check.sh", RepositoryTree.Files);
    }

    [Fact]
    public void Readme_Tools_Exist() =>
        Assert.All(
            ReadmePage.Text.Split("--project ").Skip(1).Select(rest => rest.Split(' ', '`', '\n')[0]),
            project => Assert.True(Directory.Exists(RepositoryTree.Full(project)), $"{project} does not exist"));

    [Theory]
    [InlineData("V 10.3 mV, 21:00:17 later", "V 10.4 mV, 21:00:18 later", true)]
    [InlineData("V 10.3 mV", "V 12.3 mV", false)]
    [InlineData("hard short", "soft short", false)]
    [InlineData("in cycler-data/runs/1", "in /somewhere/cycler-data/runs/2", true)]
    public void TerminalText_AreAlike_TakesNumbersWithinTwoPercentAndWordsExactly(string shown, string printed, bool alike) =>
        Assert.Equal(alike, TerminalText.AreAlike(shown, printed));

    /// <summary>Progress lines come with real time: of these the page shows a few, and each must be one that there is.</summary>
    private static void AssertIsThePicture(IReadOnlyList<string> printed)
    {
        var shown = ReadmePage.Picture.Where(l => l.Trim() != "...").ToList();
        var steps = printed.Where(TerminalText.IsProgress).Select(Step).ToHashSet();
        Assert.All(shown.Where(TerminalText.IsProgress), line => Assert.Contains(Step(line), steps));

        var lasting = printed.Where(l => !TerminalText.IsProgress(l)).ToList();
        var lastingShown = shown.Where(l => !TerminalText.IsProgress(l)).ToList();
        Assert.True(lasting.Count == lastingShown.Count, $"README.md shows another number of lines; this is what the run prints now:\n{string.Join('\n', printed)}");
        Assert.All(lastingShown.Zip(lasting), pair => Assert.True(
            TerminalText.AreAlike(pair.First, pair.Second), $"README.md shows\n{pair.First}\nand the run prints\n{pair.Second}"));
    }

    /// <summary>"plate 0.40 mA/cm2" of a progress line.</summary>
    private static string Step(string line) => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Single(part => part.StartsWith("plate", StringComparison.Ordinal) || part.StartsWith("strip", StringComparison.Ordinal) || part == "rest");
}
