using System.Net;
using System.Net.Sockets;
using System.Text;
using CyclerControl.Service.Hosting;
using CyclerControl.Service.Security;
using Microsoft.Extensions.DependencyInjection;

namespace CyclerControl.Service.Tests.Security;

/// <summary>Stop is taken from everybody who is known, whatever else is limited, full or broken.</summary>
public sealed class StopAlwaysTests
{
    private const string Stop = "/api/v1/channels/demo/1/stop";
    private const string StopAll = "/api/v1/stop-all";

    [Theory]
    [InlineData(Stop)]
    [InlineData(StopAll)]
    public async Task Stop_AfterAFloodThatIsRefused_IsTaken(string path)
    {
        await using var bench = await DoorBench.StartAsync(new SecurityOptions { RequestsPerSecond = 10 });
        var viewer = bench.TokenOf("viewer");
        var last = HttpStatusCode.OK;
        for (var i = 0; i < 30; i++)
        {
            last = await bench.StatusAsync(HttpMethod.Get, "/api/v1/channels", viewer);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await bench.StatusAsync(HttpMethod.Post, path, viewer));
        }
    }

    [Fact]
    public async Task Changes_MoreThanATenth_AreRefusedUntilLater()
    {
        await using var bench = await DoorBench.StartAsync(new SecurityOptions { RequestsPerSecond = 100 });
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 41; i++)
        {
            statuses.Add(await bench.StatusAsync(HttpMethod.Post, "/api/v1/channels/demo/1/pause", bench.Admin));
        }

        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, statuses[..40]);
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[40]);
        Assert.Equal(HttpStatusCode.OK, await bench.StatusAsync(HttpMethod.Get, "/api/v1/channels", bench.Admin));
        bench.Time.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Conflict, await bench.StatusAsync(HttpMethod.Post, "/api/v1/channels/demo/1/pause", bench.Admin));
    }

    [Fact]
    public async Task Stop_WhileAllPlacesAreTaken_IsTaken()
    {
        await using var bench = await DoorBench.StartAsync(new SecurityOptions { Concurrent = 2 });
        using var first = await HangAsync(bench);
        using var second = await HangAsync(bench);
        for (var refused = 0; refused < 10;)
        {
            // One refusal may be due to the place of the question before, which is given back a moment after its answer.
            refused = await bench.StatusAsync(HttpMethod.Get, "/api/v1/channels", bench.Admin) == HttpStatusCode.OK ? 0 : refused + 1;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await bench.StatusAsync(HttpMethod.Get, "/api/v1/channels", bench.Admin));
        Assert.Equal(HttpStatusCode.OK, await bench.StatusAsync(HttpMethod.Post, Stop, bench.Admin));
        Assert.Equal(HttpStatusCode.OK, await bench.StatusAsync(HttpMethod.Post, StopAll, bench.Admin));
    }

    [Theory]
    [InlineData("Content-Type: application/json\r\nContent-Length: 5\r\n\r\n{[{[{")]
    [InlineData("Content-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi")]
    [InlineData("Content-Length: 0\r\n\r\n")]
    [InlineData("\r\n")]
    [InlineData("Content-Type: application/json\r\nContent-Length: 100000000\r\n\r\n{\"reason\":")]
    [InlineData("Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n")]
    [InlineData("Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"reason\": \"never ends")]
    [InlineData("Host: evil.example\r\nContent-Length: 0\r\n\r\n", "")]
    [InlineData("Origin: http://evil.example\r\nContent-Length: 0\r\n\r\n")]
    public async Task Stop_WithABrokenBodyOrAForeignHead_IsTaken(string rest, string host = "Host: localhost\r\n")
    {
        await using var bench = await DoorBench.StartAsync();

        foreach (var path in new[] { Stop, StopAll })
        {
            Assert.Equal("HTTP/1.1 200 OK", await bench.RawAsync($"POST {path} HTTP/1.1\r\n{host}Authorization: Bearer {bench.TokenOf(path[^3..] + bench.Tokens.All.Count, "viewer")}\r\n{rest}"));
        }
    }

    [Fact]
    public async Task Stop_WhileShuttingDown_IsTaken()
    {
        await using var bench = await DoorBench.StartAsync();
        bench.Web.Services.GetRequiredService<ServiceGate>().Close();

        Assert.Equal(HttpStatusCode.OK, await bench.StatusAsync(HttpMethod.Post, Stop, bench.TokenOf("viewer")));
        Assert.Equal(HttpStatusCode.OK, await bench.StatusAsync(HttpMethod.Post, StopAll, bench.Admin));
    }

    /// <summary>A request that is in work for as long as its body does not come.</summary>
    private static async Task<TcpClient> HangAsync(DoorBench bench)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, bench.Url.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/channels/demo/1/start HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {bench.Admin}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"));
        return client;
    }
}
