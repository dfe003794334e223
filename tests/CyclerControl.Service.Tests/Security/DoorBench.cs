using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using CyclerControl.Acquisition.Clocks;
using CyclerControl.Core.Channels;
using CyclerControl.Recording.Files;
using CyclerControl.Service.Security;
using CyclerControl.Service.Web;
using CyclerControl.Testing.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CyclerControl.Service.Tests.Security;

/// <summary>The web server as `cycler serve` builds it, on a real loopback socket, over a fake instrument and time that the test moves.</summary>
internal sealed class DoorBench : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("door-test-").FullName;

    private DoorBench()
    {
    }

    public WebApplication Web { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public VirtualClock Clock { get; private set; } = null!;

    public FakeInstrumentLink Link { get; private set; } = null!;

    public ManualTime Time { get; } = new();

    public TokenStore Tokens { get; private set; } = null!;

    /// <summary>Of an administrator.</summary>
    public string Admin { get; private set; } = "";

    public string Data => Path.Combine(_folder, "data");

    public Uri Url => Http.BaseAddress!;

    public static async Task<DoorBench> StartAsync(SecurityOptions? options = null, Action<DoorBench>? prepare = null, Action<IServiceCollection>? add = null, ChannelCapabilities? capabilities = null)
    {
        var bench = new DoorBench();
        var data = DataFolder.Open(bench.Data);
        prepare?.Invoke(bench);
        var clock = new VirtualClock();
        clock.Horizon = clock.NowNanoseconds;
        bench.Clock = clock;
        bench.Link = new FakeInstrumentLink(clock, capabilities: capabilities);
        bench.Link.Scheduled = capabilities?.Schedule is null ? null : new FakeScheduledChannel(clock, bench.Link.Wire) { Capabilities = capabilities };
        bench.Tokens = TokenStore.Open(bench.Data, bench.Time);
        bench.Admin = File.ReadAllText(Path.Combine(bench.Data, "admin.token")).Trim();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => ServerLimits.Apply(kestrel));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        builder.Services.AddSingleton<TimeProvider>(bench.Time);
        builder.Services.AddCyclerControl(Plating.Station(bench.Link, clock), data);
        builder.Services.AddCyclerService(Directory.CreateDirectory(Path.Combine(bench._folder, "protocols")).FullName);
        builder.Services.AddCyclerSecurity(options ?? new SecurityOptions(), bench.Tokens);
        add?.Invoke(builder.Services);
        bench.Web = builder.Build();
        bench.Web.MapCyclerApi();
        await bench.Web.StartAsync();
        bench.Http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(bench.Web.Urls.First()) };
        return bench;
    }

    /// <summary>A token of somebody with this role.</summary>
    public string TokenOf(string role) => TokenOf(role, role);

    public string TokenOf(string name, string role) => Tokens.Add(name, role).Value!.Token;

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token, string? json = null, Action<HttpRequestMessage>? shape = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        shape?.Invoke(request);
        return await Http.SendAsync(request);
    }

    public async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path, string? token, string? json = null, Action<HttpRequestMessage>? shape = null)
    {
        using var answer = await SendAsync(method, path, token, json, shape);
        return answer.StatusCode;
    }

    /// <summary>Sends bytes as they are, and returns the first line of the answer.</summary>
    public async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Url.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadLineAsync() ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Web.StopAsync();
        await Web.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
