using System.Net;
using CyclerControl.Service.Security;

namespace CyclerControl.Service.Tests.Security;

/// <summary>Pages of others: a foreign Host (DNS rebinding), a foreign Origin, frames.</summary>
public sealed class SourceTests
{
    private const string Pause = "/api/v1/channels/demo/1/pause";
    private const string Stop = "/api/v1/channels/demo/1/stop";

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("localhost:5080", true)]
    [InlineData("[::1]:5080", true)]
    [InlineData("cycler.lab", true)]
    [InlineData("evil.example", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("192.168.1.7", false)]
    [InlineData("localhost.", false)]
    public async Task Host_OnlyOurNames_AreAnswered(string host, bool isOurs)
    {
        await using var bench = await DoorBench.StartAsync(new SecurityOptions { Hosts = ["cycler.lab"] });

        var status = await bench.StatusAsync(HttpMethod.Get, "/api/v1/whoami", bench.Admin, null, r => r.Headers.Host = host);

        Assert.Equal(isOurs ? HttpStatusCode.OK : HttpStatusCode.MisdirectedRequest, status);
    }

    [Theory]
    [InlineData("192.168.1.7:5080", true)]
    [InlineData("evil.example", false)]
    public async Task Host_OnTheNetwork_MayBeANumberButNoForeignName(string host, bool isOurs)
    {
        await using var bench = await DoorBench.StartAsync(new SecurityOptions { IsOnNetwork = true });

        var status = await bench.StatusAsync(HttpMethod.Get, "/health/live", null, null, r => r.Headers.Host = host);

        Assert.Equal(isOurs ? HttpStatusCode.OK : HttpStatusCode.MisdirectedRequest, status);
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    [InlineData("https://127.0.0.1")]
    [InlineData(null)]
    public async Task Cookie_ChangeFromAForeignPageOrNone_IsRefusedStopToo(string? origin)
    {
        await using var bench = await DoorBench.StartAsync();
        var cookie = await SessionTests.CookieAsync(bench, bench.Admin);

        Assert.Equal(HttpStatusCode.Forbidden, await bench.StatusAsync(HttpMethod.Post, Pause, null, null, r => SessionTests.Shape(r, cookie, origin)));
        Assert.Equal(HttpStatusCode.Forbidden, await bench.StatusAsync(HttpMethod.Post, Stop, null, null, r => SessionTests.Shape(r, cookie, origin)));
    }

    [Fact]
    public async Task Cookie_ChangeFromOurOwnPage_IsTaken()
    {
        await using var bench = await DoorBench.StartAsync();
        var cookie = await SessionTests.CookieAsync(bench, bench.TokenOf("viewer"));

        var status = await bench.StatusAsync(
            HttpMethod.Post, "/api/v1/stop-all", null, null, r => SessionTests.Shape(r, cookie, bench.Url.GetLeftPart(UriPartial.Authority)));

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Theory]
    [InlineData("http://evil.example", null)]
    [InlineData(null, "cross-site")]
    [InlineData(null, "same-site")]
    public async Task Stream_FromAForeignPage_IsRefused(string? origin, string? site)
    {
        await using var bench = await DoorBench.StartAsync();

        var status = await bench.StatusAsync(HttpMethod.Get, "/api/v1/runs/last/export", bench.Admin, null, r =>
        {
            r.Headers.TryAddWithoutValidation("Origin", origin is null ? [] : [origin]);
            r.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site is null ? [] : [site]);
        });

        Assert.Equal(HttpStatusCode.Forbidden, status);
    }

    [Fact]
    public async Task Preflight_OfAForeignPage_AllowsNothing()
    {
        await using var bench = await DoorBench.StartAsync();

        using var answer = await bench.SendAsync(HttpMethod.Options, Pause, null, null, r => r.Headers.Add("Origin", "http://evil.example"));

        Assert.False(answer.IsSuccessStatusCode);
        Assert.DoesNotContain(answer.Headers, h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/api/v1/whoami")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/health/ready")]
    public async Task Answers_OfAnyKind_TellBrowsersWhatTheyMayNot(string path)
    {
        await using var bench = await DoorBench.StartAsync();

        using var answer = await bench.SendAsync(HttpMethod.Get, path, null);

        Assert.Contains("default-src 'self'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Server"));
    }
}
