using CyclerControl.Acquisition.Clocks;
using CyclerControl.Acquisition.Links;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Channels;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Acquisition.Tests.Links;

/// <summary>What a link's thread asked the system for, and that the run says so.</summary>
public sealed class LinkTimingTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task StartRunAsync_RealTimeAsked_IsAnEventOfTheRunWhateverTheAnswer()
    {
        var (recorder, timing) = await Run(realTime: true);

        Assert.NotNull(timing.RealTime);
        Assert.Equal(timing.RealTime.Words, Assert.Single(recorder.Events, e => e.Kind == "real_time").Message);
    }

    [Fact]
    public async Task StartRunAsync_RealTimeNotAsked_SaysNothingAboutIt()
    {
        var (recorder, timing) = await Run(realTime: false);

        Assert.Null(timing.RealTime);
        Assert.DoesNotContain(recorder.Events, e => e.Kind == "real_time");
    }

    private static async Task<(FakeRecorder Recorder, LinkTiming Timing)> Run(bool realTime)
    {
        var clock = new VirtualClock();
        var recorder = new FakeRecorder();
        await using var host = new LinkHost(new FakeInstrumentLink(clock), clock, new LinkOptions { BurstAfter = TimeSpan.Zero, RealTime = realTime });
        host.Start();
        await host.StartRunAsync(new StartRunRequest
        {
            Channel = new ChannelId("demo", 1),
            Program = TestPrograms.Of(TestPrograms.Rest(10)),
            CreateRecorder = _ => recorder,
            EndOnPause = true,
        }).WaitAsync(s_patience);
        return (recorder, host.Timing);
    }
}
