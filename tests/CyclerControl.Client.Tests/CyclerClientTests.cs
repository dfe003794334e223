using System.Net;
using System.Text;
using CyclerControl.Client.Channels;
using CyclerControl.Client.Problems;

namespace CyclerControl.Client.Tests;

public sealed class CyclerClientTests
{
    [Fact]
    public async Task Start_Request_GoesAsSnakeCaseJsonWithTheToken()
    {
        using var server = new Listener(HttpStatusCode.OK, """{"channel":"demo/3","run_id":"r1","warnings":[],"added_by_a_newer_service":1}""");
        using var client = server.Client("secret");

        var answer = await client.StartAsync("demo/3", new StartRequest { Protocol = "gitt", Cell = "area=1cm2", OverrideReason = "known" });

        Assert.Equal("r1", answer.RunId);
        Assert.Equal("POST /api/v1/channels/demo/3/start", server.Asked);
        Assert.Equal("Bearer secret", server.Authorization);
        Assert.Contains("\"override_reason\":\"known\"", server.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_WithSeveralProblems_SaysAllOfThem()
    {
        using var server = new Listener(HttpStatusCode.Conflict, """{"title":"not in this state","status":409,"problems":["first","second"]}""");
        using var client = server.Client();

        var refused = await Assert.ThrowsAsync<ApiException>(() => client.ChannelsAsync());

        Assert.Equal(409, refused.Status);
        Assert.Equal($"first{Environment.NewLine}second", refused.Message);
    }

    [Fact]
    public async Task Answer_OfAnotherProgram_IsNamedAsSuch()
    {
        using var server = new Listener(HttpStatusCode.OK, "<html>It works!</html>");
        using var client = server.Client();

        var refused = await Assert.ThrowsAsync<ApiException>(() => client.ChannelsAsync());

        Assert.Contains("is something else listening there?", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_ThatDoesNotRun_IsSaidWithTheCure()
    {
        using var client = new CyclerClient(new Uri("http://127.0.0.1:1"));

        var refused = await Assert.ThrowsAsync<ApiException>(() => client.ChannelsAsync());

        Assert.Null(refused.Status);
        Assert.Contains("cycler serve", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("demo/3/4")]
    public async Task Channel_ThatIsNone_NeverReachesTheWire(string channel)
    {
        using var server = new Listener(HttpStatusCode.OK, "{}");
        using var client = server.Client();

        await Assert.ThrowsAsync<ApiException>(() => client.ChannelAsync(channel));

        Assert.Null(server.Asked);
    }

    /// <summary>Answers everything with the same, and remembers what was asked.</summary>
    private sealed class Listener(HttpStatusCode status, string answer) : HttpMessageHandler
    {
        public string? Asked { get; private set; }

        public string? Authorization { get; private set; }

        public string Body { get; private set; } = "";

        public CyclerClient Client(string? token = null) => new(new HttpClient(this) { BaseAddress = new Uri("http://service/") }, token);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked = $"{request.Method} {request.RequestUri!.AbsolutePath}";
            Authorization = request.Headers.Authorization?.ToString();
            Body = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "";
            return new HttpResponseMessage(status) { Content = new StringContent(answer, Encoding.UTF8, "application/json"), RequestMessage = request };
        }
    }
}
