using System.Diagnostics;
using CyclerControl.Acquisition.Clocks;
using CyclerControl.Core.Channels;
using CyclerControl.Testing.Fakes;
using Xunit.Abstractions;

namespace CyclerControl.Acquisition.Tests.Links;

public sealed class SamplePathTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1e9)]
    [InlineData(1)]
    public void Turn_ThousandsOfSamples_AllocateNothing(double recordEverySeconds)
    {
        const int Ticks = 100_000;
        var bench = new Bench(clock: ClockKind.Virtual);
        var clock = new VirtualClock();
        using var participant = clock.Join("test");
        bench.Turn();
        bench.Wire.KeepsJournal = false;
        var step = TestPrograms.Plate(1e-3, 1e7, every: 1);
        step = step with { Record = step.Record with { EverySeconds = recordEverySeconds } };
        var recorder = new FakeRecorder { KeepsRows = false };
        bench.Start(TestPrograms.Of(step), recorder: recorder);
        Advance(bench, participant, 20_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        Advance(bench, participant, Ticks);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        output.WriteLine(FormattableString.Invariant($"{elapsed.TotalNanoseconds / Ticks:0} ns a tick, {allocated} B"));
        // Per operation: the runtime may put a few bytes on this thread once, while it replaces code by better code.
        Assert.Equal(0, allocated / Ticks);
        Assert.Equal(20_000 + Ticks, bench.Snapshot().Samples, 2.0);
    }

    private static void Advance(Bench bench, IClockParticipant participant, int ticks)
    {
        for (var i = 0; i < ticks; i++)
        {
            bench.Turn();
            participant.WaitUntil(bench.Deadline);
            bench.Clock.NowNanoseconds = bench.Deadline;
        }
    }
}
