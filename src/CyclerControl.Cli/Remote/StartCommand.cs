using System.CommandLine;
using System.Text.Json;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Commands;
using CyclerControl.Cli.Output;
using CyclerControl.Client;

namespace CyclerControl.Cli.Remote;

/// <summary>`cycler start`: a protocol on a channel of the service.</summary>
public sealed class StartCommand : RemoteCommand
{
    public override IReadOnlyList<string> Examples { get; } =
    [
        "cycler start protocols/ccd-step-increased.yaml --channel demo/1 --cell area=0.785cm2,id=A17",
        "cycler start plating-stripping-1h --channel demo/2 --cell area=0.785cm2 --set cycles=10",
    ];

    internal override Command Build()
    {
        var order = new OrderOptions();
        var channel = OrderOptions.Channel();
        var json = CommonOptions.Json();
        var command = new Command("start", "Start a protocol on a channel of the service; answers when its recording is open.") { channel, json };
        order.AddTo(command);
        Service.AddTo(command);
        command.SetAction((parsed, stop) => AskAsync(parsed, async client =>
        {
            var answer = await client.StartAsync(parsed.GetRequiredValue(channel), order.Read(parsed), stop);
            foreach (var warning in answer.Warnings)
            {
                StandardStreams.Problem($"warning: {warning}");
            }

            StandardStreams.Line(parsed.GetValue(json) ? JsonSerializer.Serialize(answer, ApiJson.Options) : $"{answer.Channel}: started, run {answer.RunId}");
            return ExitCode.Planned;
        }));
        return WithExamples(command);
    }
}
