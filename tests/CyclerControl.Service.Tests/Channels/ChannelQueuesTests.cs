using CyclerControl.Client.Channels;
using CyclerControl.Recording.Files;
using CyclerControl.Service.Channels;
using CyclerControl.Service.Tests.Runs;

namespace CyclerControl.Service.Tests.Channels;

/// <summary>Orders are neither lost nor carried out twice, whatever ends the service.</summary>
public sealed class ChannelQueuesTests : IDisposable
{
    private static readonly QueueRequest s_request = new() { Start = new StartRequest { Protocol = "plating.yaml" }, SameCell = true };

    private readonly TemporaryFolder _folder = new();
    private readonly DataFolder _data;

    public ChannelQueuesTests() => _data = DataFolder.Open(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_OrderWasBeingStarted_WaitsForAnOperator()
    {
        var before = new ChannelQueues(_data);
        before.Change(before.Add(Plating.Channel, s_request)! with { MayFollow = true, IsStarting = true });

        var order = Assert.Single(new ChannelQueues(_data).Of(Plating.Channel));

        Assert.False(order.MayFollow);
        Assert.Contains("look whether its run is there", order.View().WaitsFor, StringComparison.Ordinal);
    }

    [Fact]
    public void PutBack_AnOrderThatHadLeft_IsNextAgainAndSurvivesARestart()
    {
        var queues = new ChannelQueues(_data);
        var first = queues.Add(Plating.Channel, s_request)! with { IsStarting = true };
        var second = queues.Add(Plating.Channel, s_request)!;
        queues.Change(first);
        queues.Started(first);

        queues.PutBack(first, "no answer");

        Assert.Equal([first.Id, second.Id], new ChannelQueues(_data).Of(Plating.Channel).Select(o => o.Id));
        Assert.Equal("no answer", queues.Next(Plating.Channel)!.Refusal);
    }

    [Fact]
    public void Started_OrderWasPutBackMeanwhile_Stays()
    {
        var queues = new ChannelQueues(_data);
        var order = queues.Add(Plating.Channel, s_request)! with { IsStarting = true };
        queues.Change(order);
        queues.PutBack(order, "no answer");

        queues.Started(order);

        Assert.Single(queues.Of(Plating.Channel));
    }
}
