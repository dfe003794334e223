using System.Net.Sockets;
using System.Text;
using System.Xml.Linq;
using CyclerControl.Acquisition.Clocks;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Catalogue;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Reading;
using CyclerControl.Service.Recovery;
using CyclerControl.Service.Reports;
using CyclerControl.Service.Runs;
using CyclerControl.Service.Stations;
using CyclerControl.Service.Tests.Runs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CyclerControl.Service.Tests.Recovery;

/// <summary>A run on the simulated BTS program while our process dies, or somebody takes the channel away.</summary>
public sealed class NewareRecoveryTests : IDisposable
{
    private const string Address = "ip=\"127.0.0.1\" devtype=\"27\" devid=\"21\" subdevid=\"1\" chlid=\"1\"";
    private const long Minute = 60 * Nanoseconds.PerSecond;
    private static readonly ChannelId s_channel = new("bench", 1);
    private readonly TemporaryFolder _share = new();
    private readonly SimulatedStation _station;
    private readonly VirtualClock _clock;

    public NewareRecoveryTests()
    {
        _station = SimulatedStation.OfNeware("dpf-lpsc", _share.Path);
        _clock = (VirtualClock)_station.Links.Clock;
    }

    public void Dispose()
    {
        _station.Dispose();
        _share.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(60)]
    public async Task Start_OurProcessWasKilled_TheBoxHasGoneOnAndIsAdoptedWithEveryRow(int minutesAway)
    {
        using var here = new TemporaryFolder();
        using var there = new TemporaryFolder();
        using var dead = await HostAsync(_station.Links, here.Data);
        var before = await StartAndHoldAsync(dead, 25 * Minute);
        await AwaitDurableRowsAsync(before, 1000);
        var data = there.Data;
        CopyAsKilled(before.Folder!, data);
        await dead.StopAsync();
        Assert.Null((await before.Conclusion).Ending);
        _clock.RunTo(_clock.NowNanoseconds + (minutesAway * Minute));
        Assert.Equal(minutesAway < 60 ? "working" : "finish", Ask("getchlstatus", $"<list count=\"1\"><status {Address}>true</status></list>", "status"));

        using var again = await HostAsync(_station.LinksOfAnotherProcess(), data);
        _clock.Horizon = long.MaxValue;
        await using var followUp = new RunFollowUpLease();
        var recovery = Recovery(again, data, followUp.Present);
        await recovery.StartAsync(default);
        var run = Assert.Single(recovery.Outcomes);
        var conclusion = await run.Session!.Conclusion;
        var report = RunReports.Write(run.Session.Folder!);
        await again.StopAsync();

        Assert.Equal(RunOutcome.Completed, conclusion.Ending!.Outcome);
        Assert.Equal("test 143", Assert.Single(report.Events, told => told.Kind == ScheduleEvents.Started).Message);
        Assert.Equal(4, report.HalfCycles.Count);
        Assert.All(report.HalfCycles, half => Assert.Equal(0.5e-3 * 0.785 / 6, Math.Abs(half.Stretch.AmpHours), 1e-9));
        Assert.InRange(report.Totals.Rows, 2460, 2480);
        using var reader = RunFileReader.Open(run.Session.Folder!);
        var gaps = reader.EnumerateSamples().Select(row => row.TimeNanoseconds).ToList();
        Assert.All(gaps.Zip(gaps.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 1, 1_100_000_000));
    }

    [Fact]
    public async Task Start_OurProcessDiedBetweenATripAndItsStop_TheBoxIsStopped()
    {
        using var here = new TemporaryFolder();
        using var there = new TemporaryFolder();
        using var dead = await HostAsync(_station.Links, here.Data);
        var before = await StartAndHoldAsync(dead, 25 * Minute);
        await AwaitDurableRowsAsync(before, 1000);
        var data = there.Data;
        CopyAsKilled(before.Folder!, data);
        File.WriteAllText(Path.Combine(data.Path, "latches.json"), """[{"channel":"bench/1","state":"Tripped","reason":"a hard short"}]""");
        await dead.StopAsync();
        Assert.Equal("working", Ask("getchlstatus", $"<list count=\"1\"><status {Address}>true</status></list>", "status"));

        using var again = await HostAsync(_station.LinksOfAnotherProcess(), data);
        _clock.Horizon = _clock.NowNanoseconds + Minute;
        await using var followUp = new RunFollowUpLease();
        var recovery = Recovery(again, data, followUp.Present);
        await recovery.StartAsync(default);
        var run = Assert.Single(recovery.Outcomes);
        Assert.Equal(RecoveryAction.Closed, run.Action);
        Assert.Contains("the channel is stopped if it still runs it", run.Reason, StringComparison.Ordinal);
        var link = again.Services.GetRequiredService<StationHost>().LinkOf(s_channel);
        _ = await link.WhenOpenAsync();
        _clock.RunTo(_clock.NowNanoseconds + Minute);
        await again.StopAsync();

        Assert.Equal("stop", Ask("getchlstatus", $"<list count=\"1\"><status {Address}>true</status></list>", "status"));
    }

    [Fact]
    public async Task Run_ChannelGivenToAnotherTest_FaultsAndLeavesThatTestAlone()
    {
        using var here = new TemporaryFolder();
        using var host = await HostAsync(_station.Links, here.Data);
        var session = await StartAndHoldAsync(host, 15 * Minute);
        File.WriteAllText(Path.Combine(_share.Path, "theirs.xml"), """
            <root><config type="Step File" version="18"><Step_Info>
              <Step1 Step_ID="1" Step_Type="2"><Limit><Main><Curr Value="0.2"/><Time Value="36000000"/></Main></Limit></Step1>
              <Step2 Step_ID="2" Step_Type="6"/>
            </Step_Info></config></root>
            """);
        Assert.Equal("ok", Ask("stop", $"<list count=\"1\"><stop {Address}>true</stop></list>", "stop"));
        Assert.Equal("ok", Ask("start", $"<list count=\"1\"><start {Address} barcode=\"theirs\">C:\\bts\\theirs.xml</start></list>", "start"));
        _clock.Horizon = long.MaxValue;
        var conclusion = await session.Conclusion;
        await host.StopAsync();

        Assert.Equal(RunOutcome.Faulted, conclusion.Ending!.Outcome);
        Assert.Contains("test 144, and ours is 143", conclusion.Ending.Reason, StringComparison.Ordinal);
        Assert.Contains(Ask("getchlstatus", $"<list count=\"1\"><status {Address}>true</status></list>", "status"), (string[])["working", "finish"]);
    }

    /// <summary>Somebody else at the BTS program.</summary>
    private string Ask(string command, string body, string element)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.ReceiveTimeout = 30_000;
        socket.Connect("127.0.0.1", _station.Links.Instruments[0].Link.Address.Connect.Port);
        _ = socket.Send(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\" ?><bts version=\"1.0\"><cmd>{command}</cmd>{body}</bts>\n\n#\r\n"));
        var buffer = new byte[65536];
        var length = 0;
        while (length < 3 || !buffer.AsSpan(0, length).EndsWith("#\r\n"u8))
        {
            length += socket.Receive(buffer.AsSpan(length));
        }

        var reply = XElement.Parse(Encoding.UTF8.GetString(buffer, 0, length).Split("\n\n#")[0]);
        return reply.Element("list")!.Element(element)!.Value;
    }

    private static async Task<IHost> HostAsync(StationLinks links, DataFolder data)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddCyclerControl(links, data);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private async Task<RunSession> StartAndHoldAsync(IHost host, long until)
    {
        _clock.Horizon = _clock.NowNanoseconds;
        var order = ShippedRun.Order(_station, "short-cycles.yaml", NewareFaultTests.Protocol, NewareFaultTests.Cell, []) with { EndOnPause = false };
        var session = await host.Services.GetRequiredService<RunLauncher>().StartAsync(order);
        _clock.Horizon = until;
        while (session.Snapshot().State != ChannelState.Running && !session.Conclusion.IsCompleted)
        {
            await Task.Yield();
        }

        _clock.RunTo(until);
        return session;
    }

    // Real time: the recorder commits once a second. What a snapshot says of it stands still with the clock.
    private static async Task AwaitDurableRowsAsync(RunSession session, long rows)
    {
        while (!session.Conclusion.IsCompleted)
        {
            using (var reader = RunFileReader.Open(session.Folder!))
            {
                if (reader.Progress is { } progress && progress.Rows >= rows)
                {
                    return;
                }
            }

            await Task.Yield();
        }
    }

    /// <summary>What the disk holds when the process dies now.</summary>
    private static void CopyAsKilled(string folder, DataFolder data)
    {
        var copy = Directory.CreateDirectory(Path.Combine(data.RunsPath, Path.GetFileName(folder))).FullName;
        foreach (var name in new[] { "run.sqlite", "run.sqlite-wal" })
        {
            File.Copy(Path.Combine(folder, name), Path.Combine(copy, name));
        }

        File.WriteAllText(Path.Combine(copy, "run.lock"), "");
    }

    private static StationRecovery Recovery(IHost host, DataFolder data, RunFollowUp followUp) => new(
        host.Services.GetRequiredService<StationHost>(),
        data,
        host.Services.GetRequiredService<RunLauncher>(),
        host.Services.GetRequiredService<RunCatalogue>(),
        new RunBoard(),
        followUp,
        new LatchBook(data, NullLogger<LatchBook>.Instance),
        NullLogger<StationRecovery>.Instance);

    /// <summary>What a service does after its runs; over before the folder goes.</summary>
    private sealed class RunFollowUpLease : IAsyncDisposable
    {
        public RunFollowUp Present { get; } = new(NullLogger<RunFollowUp>.Instance);

        public async ValueTask DisposeAsync() => await Present.DrainAsync();
    }
}
