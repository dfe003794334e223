using System.Net;
using System.Text.Json;
using CyclerControl.Service.Notifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CyclerControl.Service.Tests.Notifications;

/// <summary>Webhooks on a real loopback socket.</summary>
public sealed class WebhookTargetTests : IAsyncLifetime
{
    private static readonly Notification s_hostile = new("run_finished", "demo/1", "cell \"A\"}\r\n<!channel> ö", DateTimeOffset.UnixEpoch);

    private readonly List<(string Path, string Body)> _requests = [];
    private WebApplication _web = null!;
    private int _status = 200;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        _web = builder.Build();
        _web.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            _requests.Add((context.Request.Path, await reader.ReadToEndAsync()));
            context.Response.StatusCode = _status;
            context.Response.Headers.Location = "/elsewhere";
        });
        await _web.StartAsync();
    }

    public async Task DisposeAsync() => await _web.DisposeAsync();

    [Theory]
    [InlineData("plain", "/hook", "text", "cell \"A\"}\r\n<!channel> ö")]
    [InlineData("ntfy", "/", "message", "cell \"A\"}\r\n<!channel> ö")]
    [InlineData("text", "/hook", "text", "CyclerControl: run finished: demo/1\ncell \"A\"}\r\n&lt;!channel&gt; ö")]
    public async Task Send_HostileText_IsDataInEachTemplate(string template, string path, string field, string expected)
    {
        using var target = Target(template);

        await target.SendAsync(s_hostile, default);

        var (gotPath, body) = Assert.Single(_requests);
        Assert.Equal(path, gotPath);
        using var json = JsonDocument.Parse(body);
        Assert.Equal(expected, json.RootElement.GetProperty(field).GetString());
    }

    [Theory]
    [InlineData(302, false)]
    [InlineData(404, false)]
    [InlineData(429, true)]
    [InlineData(503, true)]
    public async Task Send_RefusedOrRedirected_SaysWhetherAnotherAttemptHelps(int status, bool isWorthRetrying)
    {
        _status = status;
        using var target = Target("plain");

        var failure = await Assert.ThrowsAsync<DeliveryException>(() => target.SendAsync(s_hostile, default));

        Assert.Equal(isWorthRetrying, failure.IsWorthRetrying);
        Assert.Equal($"answered {status}", failure.Message);
        Assert.Single(_requests);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task Send_ToThisComputer_IsRefusedUnlessAllowed(string host)
    {
        using var target = new WebhookTarget(new WebhookPlan(new Uri($"http://{host}:{new Uri(_web.Urls.First()).Port}/secret-token"), "plain", AllowLocal: false));

        var failure = await Assert.ThrowsAsync<DeliveryException>(() => target.SendAsync(s_hostile, default));

        Assert.False(failure.IsWorthRetrying);
        Assert.Contains("allow_local", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-token", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_requests);
    }

    [Theory]
    [InlineData("127.9.9.9", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("100.100.100.200", true)]
    [InlineData("::1", true)]
    [InlineData("::", true)]
    [InlineData("fe80::1", true)]
    [InlineData("fd00:ec2::254", true)]
    [InlineData("::ffff:169.254.169.254", true)]
    [InlineData("64:ff9b::7f00:1", true)]
    [InlineData("2002:7f00:1::", true)]
    [InlineData("::127.0.0.1", true)]
    [InlineData("10.0.0.7", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("2001:db8::1", false)]
    public void IsLocal_OfAnAddress_FindsItInEachDisguise(string address, bool isLocal) =>
        Assert.Equal(isLocal, ReachableAddresses.IsLocal(IPAddress.Parse(address)));

    private WebhookTarget Target(string template) => new(new WebhookPlan(new Uri(_web.Urls.First() + "/hook"), template, AllowLocal: true));
}
