using CyclerControl.Client;
using CyclerControl.Client.Channels;
using CyclerControl.Service.Notifications;
using CyclerControl.Service.Tests.Security;
using CyclerControl.Testing.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace CyclerControl.Service.Tests.Notifications;

/// <summary>What is told, from the links to the targets.</summary>
public sealed class NotificationDeskTests
{
    private static readonly NotificationPlan s_plan = new(null, null, null, PerMinute: 100, TimeSpan.FromHours(1), DiskFreeGigabytes: 0);

    [Fact]
    public async Task Trip_OfARun_IsToldThoughAnotherTargetHangs()
    {
        var hanging = new RecordingTarget((_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop));
        var target = new RecordingTarget();
        await using (var door = await DoorBench.StartAsync(add: services => services.AddNotifications(s_plan, hanging, target)))
        {
            using var client = new CyclerClient(door.Url, door.Admin);
            var order = new StartRequest { Protocol = "plating.yaml", ProtocolText = Plating.For("10 min").ProtocolText, Operator = "Ada" };
            await client.StartAsync("demo/1", order);
            await ReachAsync(door, client, "running");
            door.Link[1].Cell = FakeChannel.Resistor(5_000);
            await ReachAsync(door, client, "tripped");
            while (!target.Sent.Any(n => n.Kind == "run_finished"))
            {
                await Task.Yield();
            }
        }

        var trip = Assert.Single(target.Sent, n => n.Kind is "trip" or "alarm");
        Assert.Equal(("trip", "demo/1"), (trip.Kind, trip.Place));
        Assert.Contains("voltage", trip.Text, StringComparison.Ordinal);
        Assert.Contains("acknowledged", trip.Text, StringComparison.Ordinal);
        Assert.Contains(target.Sent, n => n.Kind == "run_finished" && n.Text.Contains("Tripped", StringComparison.Ordinal));
        Assert.Empty(hanging.Sent);
    }

    [Theory]
    [InlineData("stop", "run_finished", "shut down")]
    [InlineData("{ resume_within: 15 min }", "run_left_open", "goes on when the service is back")]
    public async Task Shutdown_WithARun_IsTold(string onRestart, string kind, string words)
    {
        var target = new RecordingTarget();
        await using (var door = await DoorBench.StartAsync(add: services => services.AddNotifications(s_plan, target)))
        {
            using var client = new CyclerClient(door.Url, door.Admin);
            await client.StartAsync("demo/1", new StartRequest { Protocol = "plating.yaml", ProtocolText = Plating.For("10 min", onRestart).ProtocolText });
            await ReachAsync(door, client, "running");
        }

        var told = Assert.Single(target.Sent);
        Assert.Equal((kind, "demo/1"), (told.Kind, told.Place));
        Assert.Contains(words, told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_LostForHours_IsToldOnceAndOnceWhenItIsBack()
    {
        var (desk, target) = Desk();

        desk.LinkOpened("demo", FakeIdentity);
        desk.LinkClosed("demo", "cable");
        desk.OpenAttemptFailed("demo", "cable");
        desk.OpenAttemptFailed("demo", "cable");
        desk.LinkOpened("demo", FakeIdentity);
        await DrainAsync(desk);

        Assert.Equal(["link_lost", "link_back"], target.Sent.Select(n => n.Kind));
    }

    [Fact]
    public async Task Disk_LowForLong_IsToldOnceUntilThereWasRoom()
    {
        var (desk, target) = Desk();
        var free = 0L;
        var watch = new DiskWatch(desk, "/data", 5, () => free);

        foreach (var bytes in new[] { 6_000_000_000, 4_900_000_000, 4_800_000_000, 5_100_000_000, 4_900_000_000, 6_000_000_000, 1_000_000_000 })
        {
            free = bytes;
            watch.Look();
        }

        await DrainAsync(desk);
        Assert.Equal(["4.9 GB", "1.0 GB"], target.Sent.Select(n => n.Text[..6]));
    }

    private static Core.Channels.InstrumentIdentity FakeIdentity => new FakeInstrumentLink(new Acquisition.Clocks.VirtualClock()).Open().Identity;

    private static (NotificationDesk Desk, RecordingTarget Target) Desk()
    {
        var target = new RecordingTarget();
        return (new NotificationDesk([new NotificationLane(target, 100, TimeSpan.FromHours(1), TimeProvider.System, NullLogger.Instance)], TimeProvider.System), target);
    }

    private static Task DrainAsync(NotificationDesk desk)
    {
        desk.Lanes[0].Complete();
        return desk.Lanes[0].WorkAsync(CancellationToken.None);
    }

    private static async Task ReachAsync(DoorBench door, CyclerClient client, string state)
    {
        while ((await client.ChannelAsync("demo/1")).State != state)
        {
            door.Clock.RunTo(door.Clock.NowNanoseconds + 1_000_000_000);
        }
    }
}
