using System.CommandLine;
using System.Text.Json;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Commands;
using CyclerControl.Cli.Output;
using CyclerControl.Client;
using CyclerControl.Client.Channels;

namespace CyclerControl.Cli.Remote;

/// <summary>`cycler stop-all`: every output off at once, and hold, or the end of a run that cannot be held.</summary>
public sealed class StopAllCommand : RemoteCommand
{
    public override IReadOnlyList<string> Examples { get; } = ["cycler stop-all", "cycler stop-all --reason 'fume hood alarm'"];

    internal override Command Build()
    {
        var reason = WishCommand.ReasonOption();
        var json = CommonOptions.Json();
        var command = new Command("stop-all", "Switch all outputs of the station off at once, and hold. On instruments that run by themselves it ends the runs.") { reason, json };
        Service.AddTo(command);
        command.SetAction((parsed, stop) => AskAsync(parsed, async client =>
        {
            var answers = await client.StopAllAsync(new WishRequest { Reason = parsed.GetValue(reason) }, stop);
            var failed = answers.Where(answer => answer.Failure is not null).ToList();
            StandardStreams.Line(parsed.GetValue(json) ? JsonSerializer.Serialize(answers, ApiJson.Options) : Text(answers));
            foreach (var why in failed.GroupBy(answer => answer.Failure))
            {
                StandardStreams.Problem($"{Names(why)}: {why.Key}");
            }

            return failed.Count == 0 ? ExitCode.Planned : ExitCode.Tripped;
        }));
        return WithExamples(command);
    }

    private static string Text(IReadOnlyList<WishAnswer> answers)
    {
        var held = answers.Count(answer => answer is { Failure: null, Effect: null });
        var others = answers.Where(answer => answer is { Failure: null, Effect: not null }).GroupBy(answer => answer.Effect);
        return string.Join('\n', [$"{held} channels told to stop and hold; 'cycler status' shows them", .. others.Select(other => $"{Names(other)}: {other.Key}")]);
    }

    private static string Names(IEnumerable<WishAnswer> answers) => string.Join(", ", answers.Select(answer => answer.Channel));
}
