using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CyclerControl.Client;
using CyclerControl.Client.Problems;

namespace CyclerControl.Service.Tests.Security;

/// <summary>What would kill or confuse a service: each is refused in words, and the service answers the next one.</summary>
public sealed class HostileRequestTests
{
    private const string Start = "/api/v1/channels/demo/1/start";

    public static TheoryData<string, string> Protocols() => new()
    {
        { "500 brackets", new string('[', 500) },
        { "100,000 brackets", new string('[', 100_000) },
        { "100,000 braces", new string('{', 100_000) },
        { "100,000 dashes", string.Concat(Enumerable.Repeat("- ", 100_000)) },
        { "a billion laughs", Laughs() },
        { "tags", "!!python/object/apply:os.system ['true']" },
        { "nothing", "" },
        { "zeros", new string('\0', 1000) },
        { "a page", "<script>alert(1)</script>" },
    };

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Start_HostileProtocolText_IsRefusedAndTheServiceGoesOn(string what, string text)
    {
        await using var bench = await DoorBench.StartAsync();

        using var answer = await bench.SendAsync(HttpMethod.Post, Start, bench.Admin, JsonSerializer.Serialize(new { protocol = "hostile", protocol_text = text }));

        await AssertRefusedAsync(answer, HttpStatusCode.BadRequest, what);
        await AssertWellAsync(bench);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("..\\..\\windows\\win.ini")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\0b")]
    [InlineData("CON")]
    [InlineData("nul.yaml")]
    [InlineData("com1.yaml")]
    [InlineData("LPT9")]
    [InlineData("")]
    [InlineData("~root")]
    [InlineData("%2e%2e%2fetc")]
    public async Task Start_ProtocolNameThatLeadsElsewhere_IsRefused(string name)
    {
        await using var bench = await DoorBench.StartAsync();

        using var answer = await bench.SendAsync(HttpMethod.Post, Start, bench.Admin, JsonSerializer.Serialize(new { protocol = name }));

        await AssertRefusedAsync(answer, HttpStatusCode.BadRequest, "protocol:");
        await AssertWellAsync(bench);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"protocol\":")]
    public async Task Start_BodyOf100000Openings_IsRefused(string opening)
    {
        await using var bench = await DoorBench.StartAsync();

        using var answer = await bench.SendAsync(HttpMethod.Post, Start, bench.Admin, string.Concat(Enumerable.Repeat(opening, 100_000)));

        await AssertRefusedAsync(answer, HttpStatusCode.BadRequest, "body:");
        await AssertWellAsync(bench);
    }

    [Fact]
    public async Task Start_BodyOf10Mebibytes_IsRefusedAsTooLarge()
    {
        await using var bench = await DoorBench.StartAsync();

        var line = await bench.RawAsync(
            $"POST {Start} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {bench.Admin}\r\nContent-Type: application/json\r\nContent-Length: {10 << 20}\r\n\r\n{{");

        Assert.Equal("HTTP/1.1 413 Payload Too Large", line);
        await AssertWellAsync(bench);
    }

    [Fact]
    public async Task Start_BodyThatIsNotJson_IsRefused()
    {
        await using var bench = await DoorBench.StartAsync();

        using var answer = await bench.SendAsync(HttpMethod.Post, Start, bench.Admin, null, r => r.Content = new StringContent("protocol=x", Encoding.UTF8, "application/x-www-form-urlencoded"));

        await AssertRefusedAsync(answer, HttpStatusCode.BadRequest, "application/json");
    }

    [Theory]
    [InlineData("GET /" + "api/v1/runs/..%2f..%2ftokens.json HTTP/1.1")]
    [InlineData("GET /api/v1/runs/%00 HTTP/1.1")]
    [InlineData("GET /api/v1/../../tokens.json HTTP/1.1")]
    [InlineData("GET /api/v1/tokens.json HTTP/1.1")]
    public async Task Get_AddressThatLeadsElsewhere_FindsNothing(string request)
    {
        await using var bench = await DoorBench.StartAsync();

        var line = await bench.RawAsync($"{request}\r\nHost: localhost\r\nAuthorization: Bearer {bench.Admin}\r\n\r\n");

        Assert.Matches("^HTTP/1.1 40[04] ", line);
        await AssertWellAsync(bench);
    }

    [Theory]
    [InlineData("GARBAGE\r\n\r\n")]
    [InlineData("GET / HTTP/9.9\r\n\r\n")]
    [InlineData("GET /health/live HTTP/1.1\r\n\r\n")]
    [InlineData("GET /health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    public async Task Bytes_ThatAreNoRequest_AreRefused(string request)
    {
        await using var bench = await DoorBench.StartAsync();

        Assert.StartsWith("HTTP/1.1 ", await bench.RawAsync(request), StringComparison.Ordinal);
        await AssertWellAsync(bench);
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string what)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{what}: {(int)answer.StatusCode} {text}");
        var problem = await answer.Content.ReadFromJsonAsync<ApiProblem>(ApiJson.Options);
        Assert.NotEmpty(problem!.Problems);
        Assert.True(text.Length < 20_000, $"{what}: an answer of {text.Length} characters");
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        if (what.EndsWith(':') || what.Contains('/', StringComparison.Ordinal))
        {
            Assert.Contains(what, text, StringComparison.Ordinal);
        }
    }

    private static async Task AssertWellAsync(DoorBench bench) =>
        Assert.Equal(HttpStatusCode.OK, await bench.StatusAsync(HttpMethod.Get, "/api/v1/channels", bench.Admin));

    private static string Laughs()
    {
        var text = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
        for (var c = 'b'; c <= 'j'; c++)
        {
            var previous = (char)(c - 1);
            text.Append(c).Append(": &").Append(c).Append(" [").AppendJoin(", ", Enumerable.Repeat("*" + previous, 10)).Append("]\n");
        }

        return text.ToString();
    }
}
