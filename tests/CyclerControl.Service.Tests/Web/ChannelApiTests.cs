using System.Net;
using System.Text.Json;
using CyclerControl.Client;
using CyclerControl.Client.Channels;
using CyclerControl.Client.Problems;
using CyclerControl.Core.Runs;
using CyclerControl.Service.Hosting;
using CyclerControl.Service.Tests.Security;
using Microsoft.Extensions.DependencyInjection;

namespace CyclerControl.Service.Tests.Web;

/// <summary>Runs over HTTP, on time that the test moves.</summary>
public sealed class ChannelApiTests
{
    private const string Channel = "demo/1";

    private static StartRequest Order { get; } = new() { Protocol = "plating.yaml", ProtocolText = Plating.For("10 min").ProtocolText, Operator = "Ada" };

    [Fact]
    public async Task Start_ThenPauseAndResume_GoesOnAtTheSameCharge()
    {
        await using var door = await DoorBench.StartAsync();
        using var client = Client(door);

        var started = await client.StartAsync(Channel, Order);
        await ReachAsync(door, client, "running");
        Advance(door, 100);
        await client.WishAsync(Channel, "pause", new WishRequest());
        var paused = await ReachAsync(door, client, "paused");
        Advance(door, 50);
        await client.WishAsync(Channel, "resume", new WishRequest());
        await ReachAsync(door, client, "running");
        Advance(door, 1);
        var resumed = await client.ChannelAsync(Channel);

        Assert.Equal(started.RunId, resumed.RunId);
        Assert.Equal("Ada", resumed.Operator);
        Assert.Equal("paused by the operator", paused.Message);
        Assert.Null(resumed.Message);
        Assert.Equal("off", paused.Output);
        Assert.InRange(paused.DischargingAmpHours, 90e-3 / 3600, 96e-3 / 3600);
        Assert.InRange(resumed.DischargingAmpHours - paused.DischargingAmpHours, 0, 1.2e-3 / 3600);
    }

    [Fact]
    public async Task Start_NobodyIsNamed_TheCallerIsTheOperator()
    {
        await using var door = await DoorBench.StartAsync();
        using var client = new CyclerClient(door.Url, door.TokenOf("grace", "operator"));

        await client.StartAsync(Channel, Order with { Operator = null });

        Assert.Equal("grace", (await client.ChannelAsync(Channel)).Operator);
    }

    [Fact]
    public async Task Start_OnAnOccupiedChannel_IsRefusedWithTheRun()
    {
        await using var door = await DoorBench.StartAsync();
        using var client = Client(door);
        var started = await client.StartAsync(Channel, Order);
        await ReachAsync(door, client, "running");

        var refused = await Assert.ThrowsAsync<ApiException>(() => client.StartAsync(Channel, Order));

        Assert.Equal(409, refused.Status);
        Assert.Contains(started.RunId, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WrongProtocol_SaysAllProblemsAtOnce()
    {
        await using var door = await DoorBench.StartAsync();
        using var client = Client(door);
        var text = Order.ProtocolText!.Replace("1 mA/cm2", "1 Q", StringComparison.Ordinal);

        var refused = await Assert.ThrowsAsync<ApiException>(() => client.StartAsync(Channel, Order with { ProtocolText = text }));

        Assert.Equal(400, refused.Status);
        Assert.Equal(2, refused.Problem!.Problems.Count);
        Assert.All(refused.Problem.Problems, p => Assert.StartsWith("plating.yaml:", p));
    }

    [Fact]
    public async Task Start_WhileShuttingDown_IsRefused_AndStopIsNot()
    {
        await using var door = await DoorBench.StartAsync();
        using var client = Client(door);
        door.Web.Services.GetRequiredService<ServiceGate>().Close();

        var refused = await Assert.ThrowsAsync<ApiException>(() => client.StartAsync(Channel, Order));

        Assert.Equal(503, refused.Status);
        Assert.Equal("stop", (await client.WishAsync(Channel, "stop", new WishRequest())).Wish);
        Assert.NotEmpty(await client.StopAllAsync(new WishRequest()));
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("skip")]
    [InlineData("end")]
    [InlineData("acknowledge")]
    public async Task Wish_OnAnIdleChannel_IsRefusedWithItsState(string wish)
    {
        await using var door = await DoorBench.StartAsync();
        using var client = Client(door);
        await ReachAsync(door, client, "idle");

        var refused = await Assert.ThrowsAsync<ApiException>(() => client.WishAsync(Channel, wish, new WishRequest()));

        Assert.Equal(409, refused.Status);
        Assert.Contains("Idle", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BulkStart_OneLineWrong_StartsTheOther()
    {
        await using var door = await DoorBench.StartAsync();
        using var client = Client(door);

        var results = await client.BulkStartAsync(new BulkStartRequest { Start = Order, Channels = [new(Channel, null), new("demo/77", null), new("nonsense", null)] });

        Assert.NotNull(results[0].RunId);
        Assert.Contains("there is no channel demo/77", Assert.Single(results[1].Problems), StringComparison.Ordinal);
        Assert.Contains("is no channel", Assert.Single(results[2].Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queue_SameCell_FollowsAPlannedEndByItself()
    {
        await using var door = await DoorBench.StartAsync();
        using var client = Client(door);
        var first = await client.StartAsync(Channel, Order);
        await client.EnqueueAsync(Channel, new QueueRequest { Start = Order, SameCell = true });
        door.Clock.Horizon = 1300 * Nanoseconds.PerSecond;

        ChannelStatus status;
        do
        {
            status = await client.ChannelAsync(Channel);
        }
        while (status.RunId == first.RunId);

        Assert.Equal(0, status.Queued);
        Assert.Equal("completed", (await client.RunAsync(first.RunId)).Outcome);
    }

    [Fact]
    public async Task Queue_NewCell_WaitsForTheOperatorAndTheEndOfTheRun()
    {
        await using var door = await DoorBench.StartAsync();
        using var client = Client(door);
        await client.StartAsync(Channel, Order);
        await ReachAsync(door, client, "running");
        await client.EnqueueAsync(Channel, new QueueRequest { Start = Order });

        var early = await Assert.ThrowsAsync<ApiException>(() => client.ConfirmCellAsync(Channel, new WishRequest()));
        door.Clock.Horizon = 1300 * Nanoseconds.PerSecond;
        await ReachAsync(door, client, "finished");

        Assert.Contains("its cell cannot have been changed", early.Message, StringComparison.Ordinal);
        Assert.True((await client.ChannelAsync(Channel)).AwaitsCell);
        Assert.NotNull((await client.ConfirmCellAsync(Channel, new WishRequest())).RunId);
        Assert.Empty(await client.QueueAsync(Channel));
    }

    [Fact]
    public async Task Samples_OfAnEndedRun_ComeRawAndDecimated()
    {
        await using var door = await DoorBench.StartAsync();
        using var client = Client(door);
        var run = await client.StartAsync(Channel, Order);
        door.Clock.Horizon = 1300 * Nanoseconds.PerSecond;
        await ReachAsync(door, client, "finished");
        while ((await client.RunAsync(run.RunId)).Outcome == "running")
        {
        }

        var raw = await JsonAsync(door, $"/api/v1/runs/{run.RunId}/samples?after=10&limit=5");
        var decimated = await JsonAsync(door, $"/api/v1/runs/{run.RunId}/samples?buckets=20&from=100&to=200");
        using var wrong = await door.SendAsync(HttpMethod.Get, $"/api/v1/runs/{run.RunId}/samples?limit=0&buckets=-1&from=5&to=1", door.Admin);

        Assert.Equal([11L, 12, 13, 14, 15], raw.GetProperty("rows").EnumerateArray().Select(r => r[0].GetInt64()));
        var rows = decimated.GetProperty("rows").EnumerateArray().ToList();
        Assert.InRange(rows.Count, 15, 21);
        Assert.All(rows, r => Assert.InRange(r[2].GetDouble(), 100, 200));
        Assert.All(rows, r => Assert.Equal(-0.001, r[6].GetDouble(), 9));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal(3, JsonDocument.Parse(await wrong.Content.ReadAsStringAsync()).RootElement.GetProperty("problems").GetArrayLength());
    }

    private static CyclerClient Client(DoorBench door) => new(door.Url, door.Admin);

    private static void Advance(DoorBench door, double seconds) => door.Clock.RunTo(door.Clock.NowNanoseconds + (long)(seconds * 1e9));

    private static async Task<ChannelStatus> ReachAsync(DoorBench door, CyclerClient client, string state)
    {
        while (true)
        {
            var status = await client.ChannelAsync(Channel);
            if (status.State == state)
            {
                return status;
            }

            Assert.False(door.Web.Lifetime.ApplicationStopping.IsCancellationRequested);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    private static async Task<JsonElement> JsonAsync(DoorBench door, string path)
    {
        using var answer = await door.SendAsync(HttpMethod.Get, path, door.Admin);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }
}
