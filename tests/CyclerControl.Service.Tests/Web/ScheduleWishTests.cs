using CyclerControl.Client;
using CyclerControl.Client.Channels;
using CyclerControl.Client.Problems;
using CyclerControl.Core.Channels;
using CyclerControl.Service.Tests.Security;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Service.Tests.Web;

/// <summary>Wishes on a channel that runs its schedule by itself: what it cannot do is refused, and what a stop does there is said.</summary>
public sealed class ScheduleWishTests
{
    private const string Channel = "demo/1";

    private static readonly ChannelCapabilities s_unskippable = FakeScheduledChannel.Boxed with
    {
        Schedule = FakeScheduledChannel.Boxed.Schedule! with { CanSkip = false },
    };

    [Fact]
    public async Task Pause_OfARun_IsRefusedAndTheRunGoesOn()
    {
        await using var door = await DoorBench.StartAsync(capabilities: FakeScheduledChannel.Boxed);
        using var client = await RunningAsync(door);

        var refused = await Assert.ThrowsAsync<ApiException>(() => client.WishAsync(Channel, "pause", new WishRequest()));

        Assert.Equal(409, refused.Status);
        Assert.Contains("cannot hold it and go on: use 'stop' or 'end', which end the run", refused.Message, StringComparison.Ordinal);
        Assert.Equal("running", (await client.ChannelAsync(Channel)).State);
    }

    [Fact]
    public async Task Skip_WhereTheInstrumentCannot_IsRefused()
    {
        await using var door = await DoorBench.StartAsync(capabilities: s_unskippable);
        using var client = await RunningAsync(door);

        var refused = await Assert.ThrowsAsync<ApiException>(() => client.WishAsync(Channel, "skip", new WishRequest()));

        Assert.Equal(409, refused.Status);
        Assert.Contains("cannot end a step before its time; nothing was changed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Skip_WhereTheInstrumentCan_IsTaken()
    {
        await using var door = await DoorBench.StartAsync(capabilities: FakeScheduledChannel.Boxed);
        using var client = await RunningAsync(door);

        Assert.Equal("skip", (await client.WishAsync(Channel, "skip", new WishRequest())).Wish);
    }

    [Fact]
    public async Task Stop_OfARun_SaysThatItEndsTheRunAndEndsIt()
    {
        await using var door = await DoorBench.StartAsync(capabilities: FakeScheduledChannel.Boxed);
        using var client = await RunningAsync(door);

        var answer = await client.WishAsync(Channel, "stop", new WishRequest());

        Assert.Null(answer.Failure);
        Assert.Contains("the stop ends the run", answer.Effect, StringComparison.Ordinal);
        await ReachAsync(client, "idle");
        Assert.Contains("only what this program has started there is stopped", (await client.WishAsync(Channel, "stop", new WishRequest())).Effect, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopAll_OfARun_SaysThatItEndsTheRun()
    {
        await using var door = await DoorBench.StartAsync(capabilities: FakeScheduledChannel.Boxed);
        using var client = await RunningAsync(door);

        Assert.Contains("the stop ends the run", Assert.Single(await client.StopAllAsync(new WishRequest())).Effect, StringComparison.Ordinal);
    }

    private static async Task<CyclerClient> RunningAsync(DoorBench door)
    {
        var client = new CyclerClient(door.Url, door.Admin);
        _ = await client.StartAsync(Channel, new StartRequest { Protocol = "plating.yaml", ProtocolText = Plating.For("10 min").ProtocolText });
        await ReachAsync(client, "running");
        return client;
    }

    private static async Task ReachAsync(CyclerClient client, string state)
    {
        while ((await client.ChannelAsync(Channel)).State != state)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }
}
