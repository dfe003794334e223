using CyclerControl.Client;
using CyclerControl.Client.Channels;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Service.Channels;
using CyclerControl.Service.Runs;
using CyclerControl.Service.Tests.Security;
using Microsoft.Extensions.DependencyInjection;

namespace CyclerControl.Service.Tests.Channels;

public sealed class QueueRunnerTests
{
    private const string Channel = "demo/1";

    private static StartRequest Order { get; } = new() { Protocol = "plating.yaml", ProtocolText = Plating.For("1 min").ProtocolText };

    [Fact]
    public async Task View_RunOfTheOrderIsOnTheBoard_CountsItNotAsQueued()
    {
        await using var door = await DoorBench.StartAsync();
        using var client = new CyclerClient(door.Url, door.Admin);
        await client.StartAsync(Channel, Order);
        var entry = await client.EnqueueAsync(Channel, new QueueRequest { Start = Order });
        var services = door.Web.Services;
        var order = services.GetRequiredService<ChannelQueues>().Next(Plating.Channel)!;
        var board = services.GetRequiredService<RunBoard>();

        // The moment between the two: the run is there, the order has not left yet.
        board.Put(board.Of(Plating.Channel)! with { Order = order });

        Assert.Equal(entry.Id, order.Id);
        Assert.Equal(0, (await client.ChannelAsync(Channel)).Queued);
        Assert.Empty(await client.QueueAsync(Channel));
    }

    [Fact]
    public async Task Follow_RunWasEndedByTheOperator_NothingFollowsByItself()
    {
        await using var door = await DoorBench.StartAsync();
        using var client = new CyclerClient(door.Url, door.Admin);
        await client.StartAsync(Channel, Order);
        await client.EnqueueAsync(Channel, new QueueRequest { Start = Order, SameCell = true });
        var services = door.Web.Services;

        await client.WishAsync(Channel, "end", new WishRequest());
        await services.GetRequiredService<RunFollowUp>().DrainAsync();

        Assert.Equal(RunOutcome.Stopped, (await services.GetRequiredService<RunBoard>().Of(Plating.Channel)!.Session.Conclusion).Ending!.Outcome);
        Assert.False(services.GetRequiredService<ChannelQueues>().Next(Plating.Channel)!.MayFollow);
    }

    [Fact]
    public async Task Follow_InstrumentRefusesToBePrepared_TheOrderWaitsAgainWithTheReason()
    {
        await using var door = await DoorBench.StartAsync();
        using var client = new CyclerClient(door.Url, door.Admin);
        await client.StartAsync(Channel, Order);
        await client.EnqueueAsync(Channel, new QueueRequest { Start = Order, SameCell = true });
        while ((await client.ChannelAsync(Channel)).State != "running")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        door.Link.Wire.Breaks = text => text == "demo/1 prepare" ? new InstrumentErrorException("-222, data out of range") : null;
        door.Clock.Horizon = 300 * Nanoseconds.PerSecond;
        QueueEntry? entry;
        do
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            entry = (await client.QueueAsync(Channel)).SingleOrDefault();
        }
        while (entry?.WaitsFor.Contains("refused", StringComparison.Ordinal) is not true);

        Assert.Contains("-222", entry.WaitsFor, StringComparison.Ordinal);
        Assert.True((await client.ChannelAsync(Channel)).AwaitsCell);
    }
}
