using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Links;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Simulation;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Service.Tests.Runs;

/// <summary>The simulated cycler takes a second socket: what its profile's <c>abort_connection</c> rests on.</summary>
public sealed class AbortLineTests
{
    [Fact]
    public void SafeState_OverTheSecondSocket_SwitchesThatChannelOffAndNothingElse()
    {
        var clock = new ManualClock(ClockKind.Wall);
        using var server = SimulatedCyclerServer.Start(new SimulatedCyclerOptions { Clock = clock });
        var link = new TcpInstrumentFactory(ProfileLibrary.Shipped).CreateLink(new InstrumentAddress("bench", "scpi-cycler-8ch", server.Address), clock);
        using var instrument = link.Open();
        instrument.Initialize(null);
        foreach (var number in new[] { 2, 3 })
        {
            var channel = (ISetpointChannel)instrument.Channels[number - 1];
            channel.Prepare();
            channel.Apply(new Setpoint(OutputMode.Current, 1e-4, 0, -1, 4.5, null));
        }

        using var line = link.OpenAbortLine(instrument.Identity)!;
        line.SafeState(2);

        Assert.False(server.Cycler.Channels[1].IsOn);
        Assert.True(server.Cycler.Channels[2].IsOn);
        Assert.True(server.Cycler.Channels[2].IsWatchdogArmed);
        Assert.Equal(ReadingQuality.Valid, instrument.Channels[1].Read().Quality); // The first connection goes on undisturbed.
    }

    [Fact]
    public void OpenAbortLine_AnotherSerialNumber_IsRefusedBeforeAnythingIsWritten()
    {
        var clock = new ManualClock(ClockKind.Wall);
        using var server = SimulatedCyclerServer.Start(new SimulatedCyclerOptions { Clock = clock });
        var link = new TcpInstrumentFactory(ProfileLibrary.Shipped).CreateLink(new InstrumentAddress("bench", "scpi-cycler-8ch", server.Address), clock);

        Assert.Throws<WrongInstrumentException>(() => link.OpenAbortLine(new InstrumentIdentity("CYCLERCONTROL", "SIM-CYCLER-8", "other", "1.0")));
    }

    [Fact]
    public void OwnTrip_WatchdogOfTheSimulatedCyclerFired_IsNamedAndTheNextPrepareArmsItAgain()
    {
        var clock = new ManualClock(ClockKind.Wall);
        using var server = SimulatedCyclerServer.Start(new SimulatedCyclerOptions { Clock = clock });
        var link = new TcpInstrumentFactory(ProfileLibrary.Shipped).CreateLink(new InstrumentAddress("bench", "scpi-cycler-8ch", server.Address), clock);
        using var instrument = link.Open();
        instrument.Initialize(null);
        var channel = (ISetpointChannel)instrument.Channels[0];
        channel.Prepare();
        channel.Apply(new Setpoint(OutputMode.Current, 1e-4, 0, -1, 1, null));
        Assert.Null(channel.OwnTrip());

        clock.NowSeconds += 31;

        Assert.Contains("its watchdog fired: it heard nothing for 30 s", channel.OwnTrip(), StringComparison.Ordinal);
        Assert.False(server.Cycler.Channels[0].IsOn);
        channel.Prepare();
        Assert.Null(channel.OwnTrip());
        Assert.True(server.Cycler.Channels[0].IsWatchdogArmed);
    }
}
