using System.CommandLine;
using CyclerControl.Cli.CommandLine;

namespace CyclerControl.Cli.Commands;

/// <summary>One command of `cycler`: its own file, its own options, its own examples (a test runs each).</summary>
public abstract class CyclerCommand
{
    /// <summary>Whole command lines; shown by --help, and run by a test.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    internal abstract Command Build();

    private protected Command WithExamples(Command command)
    {
        CyclerCommandLine.AppendExamples(command, Examples);
        return command;
    }
}
