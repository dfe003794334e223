using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Commands;
using CyclerControl.Cli.Remote;
using CyclerControl.Cli.Tests.Commands;

namespace CyclerControl.Cli.Tests.CommandLine;

/// <summary>Every help ends with examples, and every example works as it stands.</summary>
public sealed class HelpTests(FinishedRuns runs) : IClassFixture<FinishedRuns>
{
    public static TheoryData<string> Commands() => ["", "profiles list", .. Names];

    /// <summary>Those that need no service; the others are tried by RemoteExamplesTests.</summary>
    public static TheoryData<string> Examples() =>
        [.. CyclerCommandLine.Commands.Where(c => c is not (RemoteCommand or ServeCommand)).SelectMany(c => c.Examples).Concat(CyclerCommandLine.Examples).Distinct()];

    private static List<string> AllExamples => [.. CyclerCommandLine.Commands.SelectMany(c => c.Examples).Concat(CyclerCommandLine.Examples)];

    private static IEnumerable<string> Names => CyclerCommandLine.Commands.SelectMany(c => c.Examples).Select(e => e.Split(' ')[1]).Distinct();

    [Fact]
    public void Commands_Each_HaveExamples() => Assert.All(CyclerCommandLine.Commands, c => Assert.NotEmpty(c.Examples));

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_OfEachCommand_EndsWithItsExamples(string command)
    {
        var result = runs.Bench.Cycler([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.True(result.ExitCode == 0, result.Error);
        var examples = result.OutputLines.SkipWhile(l => l != "Examples:").Skip(1).ToList();
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.StartsWith($"cycler {command}", example));
        Assert.All(examples, example => Assert.Contains(example, AllExamples));
        Assert.Equal("", result.Error);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_AsItStands_Works(string example)
    {
        var result = runs.Bench.Cycler(example.Split(' ')[1..]);

        // The bench's run ended in a short: that is what `detect` has to say about it.
        var expected = example.StartsWith("cycler detect", StringComparison.Ordinal) ? ExitCode.ShortFound : ExitCode.Planned;
        Assert.True(result.ExitCode == expected, $"{result.ExitCode}: {result.Error}{result.Output}");
    }
}
