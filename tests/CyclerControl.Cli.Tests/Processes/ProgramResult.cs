namespace CyclerControl.Cli.Tests.Processes;

/// <summary>What a finished process left behind.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
