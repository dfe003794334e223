using CyclerControl.Client;
using CyclerControl.Client.Channels;
using CyclerControl.Client.Problems;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Files;
using CyclerControl.Service.Stations;
using CyclerControl.Service.Tests.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CyclerControl.Service.Tests.Stations;

/// <summary>A trip outlasts the process that found it.</summary>
public sealed class LatchBookTests
{
    private const string Channel = "demo/1";
    private const string Tripped = """[{"channel":"demo/1","state":"tripped","reason":"2 V is above 1 V"}]""";

    private static StartRequest Order { get; } = new() { Protocol = "plating.yaml", ProtocolText = Plating.For("10 min").ProtocolText };

    [Fact]
    public async Task Trip_OfARun_IsOnDiskWithItsReason()
    {
        await using var door = await DoorBench.StartAsync();
        using var client = new CyclerClient(door.Url, door.Admin);
        await client.StartAsync(Channel, Order);
        await ReachAsync(client, "running");
        door.Link[1].Cell = (setpoint, _) => (-2, setpoint.Amperes);
        door.Clock.RunTo(door.Clock.NowNanoseconds + (30 * Nanoseconds.PerSecond));
        await ReachAsync(client, "tripped");

        await door.Web.Services.GetRequiredService<LatchBook>().SavedAsync();

        var kept = new LatchBook(DataFolder.Open(door.Data), NullLogger<LatchBook>.Instance).Of(Plating.Channel);
        Assert.Equal(ChannelState.Tripped, kept!.State);
        Assert.Equal((await client.ChannelAsync(Channel)).Message, kept.Reason);
    }

    [Fact]
    public async Task Start_ChannelHadTripped_StaysTrippedUntilAcknowledged()
    {
        await using var door = await DoorBench.StartAsync(prepare: bench => File.WriteAllText(Path.Combine(bench.Data, "latches.json"), Tripped));
        using var client = new CyclerClient(door.Url, door.Admin);

        var refused = await Assert.ThrowsAsync<ApiException>(() => client.StartAsync(Channel, Order));
        while ((await client.ChannelAsync(Channel)).Link != "open")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        var open = await client.ChannelAsync(Channel);
        await client.WishAsync(Channel, "acknowledge", new WishRequest());
        await ReachAsync(client, "idle");
        await door.Web.Services.GetRequiredService<LatchBook>().SavedAsync();

        Assert.Equal(409, refused.Status);
        Assert.Contains("2 V is above 1 V", refused.Message, StringComparison.Ordinal);
        Assert.Equal(("tripped", "off", "2 V is above 1 V"), (open.State, open.Output, open.Message));
        Assert.Equal("[]", File.ReadAllText(Path.Combine(door.Data, "latches.json")));
    }

    [Fact]
    public async Task Start_FileIsDamaged_EveryChannelWaitsForSomebodyToLook()
    {
        await using var door = await DoorBench.StartAsync(prepare: bench => File.WriteAllText(Path.Combine(bench.Data, "latches.json"), "[{"));
        using var client = new CyclerClient(door.Url, door.Admin);

        var status = await client.ChannelAsync(Channel);

        Assert.Equal("faulted", status.State);
        Assert.Contains("latches.json cannot be read", status.Message, StringComparison.Ordinal);
    }

    private static async Task ReachAsync(CyclerClient client, string state)
    {
        while ((await client.ChannelAsync(Channel)).State != state)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }
}
