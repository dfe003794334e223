using System.Text.RegularExpressions;
using CyclerControl.Repository.Tests.Tree;

namespace CyclerControl.Repository.Tests.Readme;

/// <summary>What README.md tells people to type, in its order, and what it says they will see.</summary>
internal static partial class ReadmePage
{
    /// <summary>How the README itself abbreviates.</summary>
    public const string LongForm = "dotnet run -c Release --project src/CyclerControl.Cli --";

    /// <summary>Stands behind a command that nobody can run without the instrument.</summary>
    public const string NeedsInstrument = "(needs the instrument)";

    public static string Text { get; } = RepositoryTree.Read("README.md").ReplaceLineEndings("\n");

    /// <summary>Lines of the shell blocks.</summary>
    public static IReadOnlyList<string> BlockCommands { get; } =
        [.. ShellBlock().Matches(Text).SelectMany(m => m.Groups["body"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>Commands of blocks and of running text, in the order of the page; those that need an instrument left out.</summary>
    public static IReadOnlyList<string> Runnable { get; } = [.. Commands()];

    /// <summary>Lines of the picture of a run.</summary>
    public static IReadOnlyList<string> Picture { get; } = OutputBlock().Match(Text).Groups["body"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Commands() =>
        ShellBlock().Matches(Text)
            .SelectMany(m => m.Groups["body"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (m.Index, Line: line.Trim())))
            .Concat(Inline().Matches(Text).Where(m => !IsMarked(m)).Select(m => (m.Index, Line: m.Groups["command"].Value)))
            .OrderBy(c => c.Index)
            .Select(c => c.Line.Replace(LongForm, "cycler", StringComparison.Ordinal))
            .Where(line => line.StartsWith("cycler ", StringComparison.Ordinal) || line.StartsWith("cp ", StringComparison.Ordinal));

    private static bool IsMarked(Match command) => Text[(command.Index + command.Length)..].TrimStart().StartsWith(NeedsInstrument, StringComparison.Ordinal);

    [GeneratedRegex(@"^```sh\n(?<body>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"`(?<command>(cycler|cp) [^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inline();

    [GeneratedRegex(@"^<!-- output: run -->\n```text\n(?<body>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OutputBlock();
}
