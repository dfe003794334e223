using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Commands;
using CyclerControl.Cli.Output;
using CyclerControl.Client;
using CyclerControl.Client.Channels;

namespace CyclerControl.Cli.Remote;

/// <summary>`cycler queue list|add|confirm|remove`: what follows on a channel.</summary>
public sealed class QueueCommand : RemoteCommand
{
    public override IReadOnlyList<string> Examples { get; } =
    [
        "cycler queue list demo/4",
        "cycler queue add plating-stripping-1h --channel demo/4 --cell area=0.785cm2,id=A18 --set cycles=2",
        "cycler queue add gitt --channel demo/8 --cell area=0.785cm2,active_mass=5mg,nominal=1mAh --same-cell --json",
        "cycler queue confirm demo/4",
        "cycler queue remove demo/8 1",
    ];

    internal override Command Build() =>
        WithExamples(new Command("queue", "Orders that wait for a channel: for the end of its run, and for an operator who puts the new cell in.") { List(), Add(), Confirm(), Remove() });

    private static Argument<string> ChannelArgument() => new("channel") { Description = "Channel, instrument/number." };

    private Command List()
    {
        var channel = ChannelArgument();
        var json = CommonOptions.Json();
        var command = new Command("list", "List what waits for a channel.") { channel, json };
        Service.AddTo(command);
        command.SetAction((parsed, stop) => AskAsync(parsed, async client =>
        {
            var entries = await client.QueueAsync(parsed.GetRequiredValue(channel), stop);
            if (parsed.GetValue(json))
            {
                StandardStreams.Line(JsonSerializer.Serialize(entries, ApiJson.Options));
                return ExitCode.Planned;
            }

            foreach (var entry in entries)
            {
                StandardStreams.Line(Line(entry));
            }

            if (entries.Count == 0)
            {
                StandardStreams.Line("nothing waits; 'cycler queue add' adds an order");
            }

            return ExitCode.Planned;
        }));
        return command;
    }

    private Command Add()
    {
        var order = new OrderOptions();
        var channel = OrderOptions.Channel();
        var same = new Option<bool>("--same-cell") { Description = "The cell stays in: the order starts as soon as the run before it has ended as planned." };
        var json = CommonOptions.Json();
        var command = new Command("add", "Add an order behind the others of the channel.") { channel, same, json };
        order.AddTo(command);
        Service.AddTo(command);
        command.SetAction((parsed, stop) => AskAsync(parsed, async client =>
        {
            var request = new QueueRequest { Start = order.Read(parsed), SameCell = parsed.GetValue(same) };
            var entry = await client.EnqueueAsync(parsed.GetRequiredValue(channel), request, stop);
            StandardStreams.Line(parsed.GetValue(json) ? JsonSerializer.Serialize(entry, ApiJson.Options) : Line(entry));
            return ExitCode.Planned;
        }));
        return command;
    }

    private Command Confirm()
    {
        var channel = ChannelArgument();
        var command = new Command("confirm", "Say that the cell of the next order is in the channel: its run starts.") { channel };
        Service.AddTo(command);
        command.SetAction((parsed, stop) => AskAsync(parsed, async client =>
        {
            var answer = await client.ConfirmCellAsync(parsed.GetRequiredValue(channel), new WishRequest(), stop);
            StandardStreams.Line($"{answer.Channel}: started, run {answer.RunId}");
            return ExitCode.Planned;
        }));
        return command;
    }

    private Command Remove()
    {
        var channel = ChannelArgument();
        var id = new Argument<long>("id") { Description = "Number of the order, as 'list' shows it." };
        var command = new Command("remove", "Take an order out of the queue.") { channel, id };
        Service.AddTo(command);
        command.SetAction((parsed, stop) => AskAsync(parsed, async client =>
        {
            await client.DequeueAsync(parsed.GetRequiredValue(channel), parsed.GetRequiredValue(id), stop);
            StandardStreams.Line($"{parsed.GetRequiredValue(channel)}: order {parsed.GetRequiredValue(id)} removed");
            return ExitCode.Planned;
        }));
        return command;
    }

    private static string Line(QueueEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.Channel}: order {entry.Id}: {entry.Protocol} ({entry.Cell ?? "cell of the protocol"}) waits for {entry.WaitsFor}");
}
