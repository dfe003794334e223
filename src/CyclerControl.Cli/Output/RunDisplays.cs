using CyclerControl.Core.Channels;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Runs;
using Spectre.Console;

namespace CyclerControl.Cli.Output;

/// <summary>Chooses how a run is shown: a live table on a terminal, plain lines elsewhere, standard error when stdout is for JSON.</summary>
internal static class RunDisplays
{
    public static IRunDisplay Create(RunProgram program, ChannelId channel, bool json)
    {
        var preview = ProtocolPreview.Of(program);
        var progress = new RunProgress(program, preview.Certainty == PreviewCertainty.Planned ? preview.DurationSeconds : null);
        var isTerminal = !json && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;
        return isTerminal
            ? new LiveRunDisplay(AnsiConsole.Console, progress, $"{program.ProtocolName} on {channel}")
            : new PlainRunDisplay(json ? Console.Error : Console.Out, progress, TimeProvider.System);
    }
}
