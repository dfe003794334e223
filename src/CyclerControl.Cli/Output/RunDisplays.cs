using CyclerControl.Core.Channels;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Runs;
using Spectre.Console;

namespace CyclerControl.Cli.Output;

/// <summary>Chooses how a run is shown: a live table on a terminal, plain lines elsewhere, standard error when stdout is for JSON.</summary>
internal static class RunDisplays
{
    public static RunProgress ProgressOf(RunProgram program)
    {
        var preview = ProtocolPreview.Of(program);
        return new RunProgress(program, preview.Certainty == PreviewCertainty.Planned ? preview.DurationSeconds : null);
    }

    public static IRunDisplay Create(RunProgress progress, string protocol, ChannelId channel, bool json)
    {
        var isTerminal = !json && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;
        return isTerminal
            ? new LiveRunDisplay(AnsiConsole.Console, progress, $"{protocol} on {channel}")
            : new PlainRunDisplay(json ? Console.Error : Console.Out, progress, TimeProvider.System);
    }
}
