using System.CommandLine;
using System.Text.Json;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Commands;
using CyclerControl.Cli.Output;
using CyclerControl.Client;
using CyclerControl.Client.Channels;

namespace CyclerControl.Cli.Remote;

/// <summary>`cycler start`: a protocol on a channel of the service.</summary>
public sealed class StartCommand : RemoteCommand
{
    public override IReadOnlyList<string> Examples { get; } =
    [
        "cycler start protocols/ccd-step-increased.yaml --channel demo/1 --cell area=0.785cm2,id=A17",
        "cycler start plating-stripping-1h --channel demo/2 --cell area=0.785cm2 --set cycles=10",
        "cycler start plating-stripping-1h --table cells.csv",
    ];

    internal override Command Build()
    {
        var order = new OrderOptions();
        var channel = new Option<string?>("--channel") { Description = "Channel, instrument/number.", HelpName = "CHANNEL" };
        var table = new Option<string?>("--table") { Description = "Start on many channels: a CSV file with the columns channel and cell quantities (channel,area,id).", HelpName = "FILE" };
        var json = CommonOptions.Json();
        var command = new Command("start", "Start a protocol on a channel of the service; answers when its recording is open.") { channel, table, json };
        order.AddTo(command);
        Service.AddTo(command);
        command.SetAction((parsed, stop) => AskAsync(parsed, client => (parsed.GetValue(channel), parsed.GetValue(table)) switch
        {
            ({ } one, null) => StartAsync(client, one, order.Read(parsed), parsed.GetValue(json), stop),
            (null, { } file) => StartManyAsync(client, BulkTable.Read(file), order.Read(parsed), parsed.GetValue(json), stop),
            _ => throw new InputException("--channel, --table: give one of them; --channel demo/1 for one channel, --table FILE for many"),
        }));
        return WithExamples(command);
    }

    private static async Task<int> StartAsync(CyclerClient client, string channel, StartRequest order, bool json, CancellationToken stop)
    {
        var answer = await client.StartAsync(channel, order, stop);
        Warn(answer.Channel, answer.Warnings);
        StandardStreams.Line(json ? JsonSerializer.Serialize(answer, ApiJson.Options) : $"{answer.Channel}: started, run {answer.RunId}");
        return ExitCode.Planned;
    }

    private static async Task<int> StartManyAsync(CyclerClient client, IReadOnlyList<BulkStartEntry> table, StartRequest order, bool json, CancellationToken stop)
    {
        var results = await client.BulkStartAsync(new BulkStartRequest { Start = order, Channels = table }, stop);
        if (json)
        {
            StandardStreams.Line(JsonSerializer.Serialize(results, ApiJson.Options));
        }

        foreach (var result in results)
        {
            Warn(result.Channel, result.Warnings);
            foreach (var problem in result.Problems)
            {
                StandardStreams.Problem($"{result.Channel}: refused: {problem}");
            }

            if (!json && result.RunId is { } run)
            {
                StandardStreams.Line($"{result.Channel}: started, run {run}");
            }
        }

        return results.All(r => r.RunId is not null) ? ExitCode.Planned : ExitCode.Tripped;
    }

    private static void Warn(string channel, IReadOnlyList<string> warnings)
    {
        foreach (var warning in warnings)
        {
            StandardStreams.Problem($"warning: {channel}: {warning}");
        }
    }
}
