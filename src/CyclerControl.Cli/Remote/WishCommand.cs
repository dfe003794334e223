using System.CommandLine;
using System.Text.Json;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Commands;
using CyclerControl.Cli.Output;
using CyclerControl.Client;
using CyclerControl.Client.Channels;

namespace CyclerControl.Cli.Remote;

/// <summary>`cycler stop|pause|resume|skip|end|acknowledge CHANNEL`.</summary>
public sealed class WishCommand : RemoteCommand
{
    private readonly string _wish;
    private readonly string _description;

    private WishCommand(string wish, string description)
    {
        _wish = wish;
        _description = description;
        Examples = [$"cycler {wish} demo/3", $"cycler {wish} demo/3 --reason 'electrolyte looks wet'"];
    }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<WishCommand> All { get; } =
    [
        new("stop", "Switch the output of a channel off at once, and hold: 'resume' goes on at the exact charge, 'end' ends the run. On an instrument that runs by itself, stop ends the run."),
        new("pause", "Hold the run of a channel: output off, resumable at the exact charge. Refused on an instrument that runs by itself."),
        new("resume", "Go on with a paused run."),
        new("skip", "End the present step of a channel; the next one begins. Refused where the instrument cannot."),
        new("end", "End the run of a channel: output off, recording closed."),
        new("acknowledge", "Say that a trip or a fault has been seen; the channel takes runs again."),
    ];

    public override IReadOnlyList<string> Examples { get; }

    internal override Command Build()
    {
        var channel = new Argument<string>("channel") { Description = "Channel, instrument/number." };
        var reason = ReasonOption();
        var json = CommonOptions.Json();
        var command = new Command(_wish, _description) { channel, reason, json };
        Service.AddTo(command);
        command.SetAction((parsed, stop) => AskAsync(parsed, async client =>
        {
            var answer = await client.WishAsync(parsed.GetRequiredValue(channel), _wish, new WishRequest { Reason = parsed.GetValue(reason) }, stop);
            StandardStreams.Line(parsed.GetValue(json) ? JsonSerializer.Serialize(answer, ApiJson.Options) : Text(answer));
            return ExitCode.Planned;
        }));
        return WithExamples(command);
    }

    private static string Text(WishAnswer answer) =>
        $"{answer.Channel}: {answer.Wish} (was {answer.State}){(answer.Effect is { } effect ? "; " + effect : "")}";

    internal static Option<string?> ReasonOption() => new("--reason") { Description = "Why; goes into the audit log.", HelpName = "TEXT" };
}
