using CyclerControl.Acquisition.Links;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Service.Stations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moq;

namespace CyclerControl.Service.Tests.Stations;

/// <summary>What the rest of the world is told, and in which order: a double stands at the seam.</summary>
public sealed class StationHostTests
{
    [Fact]
    public async Task Run_FromStartToEnd_IsToldToTheObserverOfTheHostInOrder()
    {
        var told = new List<string>();
        var observer = new Mock<ILinkObserver>();
        observer.Setup(o => o.LinkOpened("demo", It.IsAny<InstrumentIdentity>())).Callback(() => told.Add("opened"));
        observer.Setup(o => o.ChannelChanged(Plating.Channel, It.IsAny<ChannelState>()))
            .Callback((ChannelId _, ChannelState state) => told.Add(state.ToString()));
        await using (var bench = await ServiceBench.StartAsync(observer.Object))
        {
            await (await bench.Launcher.StartAsync(Plating.For("10 s"))).Conclusion;
        }

        Assert.Equal("opened", told[0]);
        Assert.Equal(["Idle", "Arming", "Running", "Finished"], told.Skip(1).Take(4));
        observer.Verify(o => o.Alarm(It.IsAny<string>(), It.IsAny<string>()), Times.Never);
    }

    [Fact]
    public async Task Run_LimitBroken_RaisesOneAlarmOfItsChannel()
    {
        var observer = new Mock<ILinkObserver>();
        await using var bench = await ServiceBench.StartAsync(observer.Object);
        bench.Cell.Cell = (setpoint, _) => (setpoint.Amperes * 2000, setpoint.Amperes);

        var conclusion = await (await bench.Launcher.StartAsync(Plating.For("10 s"))).Conclusion;

        Assert.Equal(RunOutcome.Tripped, conclusion.Ending?.Outcome);
        Assert.False(bench.Cell.OutputIsOn);
        observer.Verify(o => o.Alarm("demo/1", It.Is<string>(m => m.Contains("voltage.min", StringComparison.Ordinal))), Times.Once);
    }

    [Theory]
    [InlineData(LogLevel.Warning, "demo/1: the cell shorted")]
    public void LoggingObserver_Alarm_IsAWarningWithPlaceAndMessage(LogLevel level, string text)
    {
        var logger = new Mock<ILogger<LoggingLinkObserver>>();
        logger.Setup(l => l.IsEnabled(It.IsAny<LogLevel>())).Returns(true);

        new LoggingLinkObserver(logger.Object).Alarm("demo/1", "the cell shorted");

        logger.Verify(
            l => l.Log(level, It.IsAny<EventId>(), It.Is<It.IsAnyType>((state, _) => Equals($"{state}", text)), null, It.IsAny<Func<It.IsAnyType, Exception?, string>>()),
            Times.Once);
    }

    [Fact]
    public async Task AddCyclerControl_Services_AreOnePerHost()
    {
        await using var bench = await ServiceBench.StartAsync();

        Assert.Same(bench.Services.GetRequiredService<StationHost>(), bench.Services.GetRequiredService<StationHost>());
        Assert.Same(bench.Launcher, bench.Launcher);
        Assert.IsType<LinkObservers>(bench.Services.GetRequiredService<ILinkObserver>());
    }

    [Fact]
    public async Task LinkOf_BeforeTheHostHasStarted_IsABrokenPromise()
    {
        await using var bench = await ServiceBench.StartAsync();
        var notStarted = new StationHost(Plating.Station(bench.Link, bench.Clock), SilentLinkObserver.Instance, TimeProvider.System);

        Assert.Throws<InvalidOperationException>(() => notStarted.LinkOf(Plating.Channel));
    }

    [Fact]
    public void InstrumentOf_UnknownChannel_IsNull()
    {
        var clock = new Testing.Fakes.ManualClock();
        var station = Plating.Station(new Testing.Fakes.FakeInstrumentLink(clock, channels: 2), clock);

        Assert.Equal([new ChannelId("demo", 1), new ChannelId("demo", 2)], station.Channels);
        Assert.NotNull(station.InstrumentOf(new ChannelId("demo", 2)));
        Assert.Null(station.InstrumentOf(new ChannelId("demo", 3)));
        Assert.Null(station.InstrumentOf(new ChannelId("other", 1)));
    }
}
