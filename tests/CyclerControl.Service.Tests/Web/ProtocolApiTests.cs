using System.Text.Json;
using CyclerControl.Client;
using CyclerControl.Client.Channels;
using CyclerControl.Client.Problems;
using CyclerControl.Client.Protocols;
using CyclerControl.Service.Tests.Security;

namespace CyclerControl.Service.Tests.Web;

public sealed class ProtocolApiTests
{
    private static string Text { get; } = Plating.For("10 min").ProtocolText;

    [Fact]
    public async Task Upload_Twice_MakesTwoVersionsAndOverwritesNone()
    {
        await using var door = await DoorBench.StartAsync();
        using var client = new CyclerClient(door.Url, door.Admin);

        var first = await client.UploadAsync("plating", new ProtocolText { Text = Text });
        var second = await client.UploadAsync("plating", new ProtocolText { Text = Text + "\n# second\n" });

        Assert.Equal((1, 2), (first.Version, second.Version));
        Assert.Equal(Text, (await client.ProtocolAsync("plating", 1)).Text);
        Assert.EndsWith("# second\n", (await client.ProtocolAsync("plating")).Text);
        Assert.Equal(new ProtocolInfo("plating", 2, null), Assert.Single(await client.ProtocolsAsync()));
        Assert.Equal(404, (await Assert.ThrowsAsync<ApiException>(() => client.ProtocolAsync("plating", 3))).Status);
    }

    [Fact]
    public async Task Upload_WrongText_KeepsNothingAndSaysAll()
    {
        await using var door = await DoorBench.StartAsync();
        using var client = new CyclerClient(door.Url, door.Admin);

        var refused = await Assert.ThrowsAsync<ApiException>(
            () => client.UploadAsync("plating", new ProtocolText { Text = Text.Replace("1 mA/cm2", "1 Q", StringComparison.Ordinal) }));

        Assert.Equal(2, refused.Problem!.Problems.Count);
        Assert.Empty(await client.ProtocolsAsync());
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("CON")]
    [InlineData("a b")]
    [InlineData("..%2F..%2Fetc")]
    public async Task Upload_NameThatIsNone_IsRefused(string name)
    {
        await using var door = await DoorBench.StartAsync();

        using var answer = await door.SendAsync(
            HttpMethod.Put, "/api/v1/protocols/" + name.Replace(" ", "%20", StringComparison.Ordinal), door.Admin, JsonSerializer.Serialize(new ProtocolText { Text = Text }, ApiJson.Options));

        Assert.InRange((int)answer.StatusCode, 400, 405);
        Assert.False(Directory.Exists(Path.Combine(door.Data, "protocols")));
    }

    [Fact]
    public async Task ValidateAndPreview_AGoodProtocol_ForeseeItsRun()
    {
        await using var door = await DoorBench.StartAsync();
        using var client = new CyclerClient(door.Url, door.Admin);

        var valid = await client.ValidateAsync(new ProtocolText { Text = Text });
        var preview = await client.PreviewAsync(new ProtocolText { Text = Text });

        Assert.True(valid.Valid);
        Assert.Equal(1205, preview.DurationSeconds, 6);
        Assert.Equal(3, preview.Segments.Count);
        Assert.Equal(1e-3 * 600 / 3600, preview.ChargedAmpHours, 9);
    }

    [Fact]
    public async Task Preflight_APlannedStart_ListsWhatWasLookedAt()
    {
        await using var door = await DoorBench.StartAsync();
        using var client = new CyclerClient(door.Url, door.Admin);

        var findings = await client.PreflightAsync("demo/1", new StartRequest { Protocol = "p", ProtocolText = Text });

        Assert.Contains(findings, f => f.Status == "pass");
        Assert.Null((await client.ChannelAsync("demo/1")).RunId);
    }

    [Fact]
    public async Task OpenApi_Document_NamesEveryRouteOfTheApi()
    {
        await using var door = await DoorBench.StartAsync();

        using var answer = await door.SendAsync(HttpMethod.Get, "/openapi/v1.json", door.Admin);
        var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("paths");
        var paths = document.EnumerateObject().Select(p => p.Name).ToList();

        foreach (var path in new[] { "/api/v1/channels", "/api/v1/channels/{instrument}/{number}/start", "/api/v1/stop-all", "/api/v1/runs/{run}/samples", "/api/v1/stream", "/api/v1/protocols/{name}", "/api/v1/tokens", "/health/ready" })
        {
            Assert.Contains(path, paths);
        }

        Assert.Contains("StartRequest", document.GetProperty("/api/v1/channels/{instrument}/{number}/start").GetProperty("post").GetProperty("requestBody").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heartbeat_HasTheTimeAndHowItGoes()
    {
        await using var door = await DoorBench.StartAsync();
        using var client = new CyclerClient(door.Url, door.Admin);

        var beat = await client.HeartbeatAsync();

        Assert.Equal(door.Time.GetUtcNow(), beat.Utc);
        Assert.NotEmpty(beat.Status);
    }
}
