using CyclerControl.Acquisition.Clocks;
using CyclerControl.Acquisition.Links;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Files;
using CyclerControl.Service.Runs;
using CyclerControl.Testing.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CyclerControl.Service.Tests;

/// <summary>A host as `cycler` builds it, over a fake instrument, a virtual clock and a temporary data folder.</summary>
internal sealed class ServiceBench : IAsyncDisposable
{
    private const long HalfAMinute = 30 * Nanoseconds.PerSecond;

    private readonly string _folder = Directory.CreateTempSubdirectory("service-test-").FullName;
    private readonly IHost _host;

    private ServiceBench(VirtualClock clock, FakeInstrumentLink link, ILinkObserver? observer, Action<DataFolder>? prepare)
    {
        Clock = clock;
        Link = link;
        Data = DataFolder.Open(Path.Combine(_folder, "data"));
        prepare?.Invoke(Data);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddCyclerControl(Plating.Station(link, clock), Data);
        if (observer is not null)
        {
            builder.Services.AddSingleton(observer);
        }

        _host = builder.Build();
    }

    public VirtualClock Clock { get; }

    public FakeInstrumentLink Link { get; }

    public DataFolder Data { get; }

    public RunLauncher Launcher => _host.Services.GetRequiredService<RunLauncher>();

    public IServiceProvider Services => _host.Services;

    /// <summary>What a service does after its runs; over before the folder goes.</summary>
    public RunFollowUp FollowUp { get; } = new(NullLogger<RunFollowUp>.Instance);

    public FakeChannel Cell => Link[1];

    public static async Task<ServiceBench> StartAsync(ILinkObserver? observer = null, Func<InstrumentUnreachableException?>? refuses = null, Action<DataFolder>? prepare = null)
    {
        var clock = new VirtualClock();
        var bench = new ServiceBench(clock, new FakeInstrumentLink(clock) { Refuses = refuses }, observer, prepare);
        await bench._host.StartAsync();
        return bench;
    }

    /// <summary>Starts plating for an hour, and holds time when half a minute of it has passed.</summary>
    public async Task<RunSession> StartAndHoldAsync(RunOrder? order = null)
    {
        Clock.Horizon = Clock.NowNanoseconds;
        var session = await Launcher.StartAsync(order ?? Plating.For("1 h"));
        while (session.Snapshot().State != ChannelState.Running && !session.Conclusion.IsCompleted)
        {
            await Task.Yield();
        }

        Clock.RunTo(Clock.NowNanoseconds + HalfAMinute);
        Assert.True(Cell.OutputIsOn);
        return session;
    }

    public void LetTimeGoOn() => Clock.Horizon = long.MaxValue;

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await FollowUp.DrainAsync();
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
