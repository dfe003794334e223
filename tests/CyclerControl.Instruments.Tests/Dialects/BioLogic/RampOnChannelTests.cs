using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Instruments.Dialects.BioLogic;
using CyclerControl.Instruments.Dialects.BioLogic.Records;

namespace CyclerControl.Instruments.Tests.Dialects.BioLogic;

/// <summary>Ramps that a channel does not hold whole, on the stand-in library: written on by updates of parameters while they run.</summary>
public sealed class RampOnChannelTests
{
    private const int Most = 20;
    private const double LevelSeconds = 120;

    private static RunProgram Program() => Programs.Small("""
          - rest: 10 s
          - ramp: { from: 0.02 mA/cm2, by: 0.02 mA/cm2, to: 0.8 mA/cm2 }
            steps:
              - plate: ramp
                for: 1 min
              - strip: ramp
                for: 1 min
          - rest: 10 s
        """);

    [Theory]
    [InlineData(EcLabFamily.Vmp3)]
    [InlineData(EcLabFamily.Sp300)]
    public void Run_RampThatDoesNotFit_HasTheRowsOfTheUnrolledOne(EcLabFamily family)
    {
        using var whole = new EcLabBench(family == EcLabFamily.Sp300).Begin(Programs.Schedule(Program(), family));
        using var bench = new EcLabBench(family == EcLabFamily.Sp300) { Lab = { MostTechniques = Most } };
        _ = bench.Begin(Programs.Schedule(Program(), family, Most));

        Assert.Equal(ScheduleState.Finished, whole.Run(10_000));
        Assert.Equal(ScheduleState.Finished, bench.Run(10_000));

        Assert.Empty(bench.Troubles);
        Assert.Equal(whole.Rows.Count, bench.Rows.Count);
        Assert.All(whole.Rows.Zip(bench.Rows), pair =>
        {
            Assert.Equal((pair.First.Sequence, pair.First.Step, pair.First.Amperes), (pair.Second.Sequence, pair.Second.Step, pair.Second.Amperes));
            Assert.Equal(pair.First.StepSeconds, pair.Second.StepSeconds, 4);
            Assert.Equal(pair.First.TestSeconds!.Value, pair.Second.TestSeconds!.Value, 4);
            Assert.Equal(pair.First.Volts, pair.Second.Volts, 6);
        });
    }

    [Fact]
    public void Start_RampThatDoesNotFitAndMayNotBeWrittenOn_SaysWhatTheChannelHeld()
    {
        using var bench = new EcLabBench { Lab = { MostTechniques = Most } };
        _ = bench.Instrument.Initialize(null);

        var refused = Assert.Throws<InstrumentErrorException>(() => bench.Channel.Start(Programs.Schedule(Program()), "run-1"));

        Assert.Contains("memory is full", refused.Message, StringComparison.Ordinal);
        Assert.Contains("write biologic: { techniques: 20 } in the profile", refused.Message, StringComparison.Ordinal);
        Assert.False(bench.Simulated.IsRunning);
    }

    [Fact]
    public void Run_NobodyThere_RunsTheLevelsThatItHasAndStopsAndSaysSo()
    {
        var schedule = Programs.Schedule(Program(), most: Most);
        using var bench = new EcLabBench().Begin(schedule);
        _ = bench.Run(10 + (2.5 * LevelSeconds));
        bench.Clock.NowSeconds += 40 * LevelSeconds;

        Assert.Equal(ScheduleState.Protected, bench.Run(10));

        // It was in the third level, and held as many behind it as the window says.
        var (levels, window) = (3 + schedule.Ramps[0].Ahead, schedule.Ramps[0]);
        Assert.False(bench.Simulated.IsRunning);
        Assert.Equal((levels * 2) + 1, bench.Rows.Select(row => row.Step).Distinct().Count());
        Assert.Equal(levels * 0.02e-3, bench.Rows.Max(row => row.Amperes), 9);
        Assert.Equal(60, bench.Rows[^1].StepSeconds, 3);
        Assert.Contains($"stopped behind level {levels} of the ramp", bench.Messages[^1], StringComparison.Ordinal);
        Assert.True(window.Ahead > 2);
    }

    [Fact]
    public void Adopt_InTheMiddleOfTheRamp_WritesOnAndComesToTheEnd()
    {
        var schedule = Programs.Schedule(Program(), most: Most);
        using var bench = new EcLabBench();
        _ = bench.Instrument.Initialize(null);
        var ticket = bench.Channel.Start(schedule, "run-1");
        _ = bench.Run(10 + (11.5 * LevelSeconds));
        var known = bench.Rows.Count;
        for (var death = 0; death < 3; death++)
        {
            bench.Clock.NowSeconds += schedule.Ramps[0].Ahead * LevelSeconds * 0.8;
            bench.Restart();

            // As the run file says: the pass of the ramp, which is node 1.
            var reached = new ScheduleProgress(1, (bench.Rows[^1].Step - 1) / 2);
            Assert.True(bench.Channel.Adopt(schedule, "run-1", ticket, reached));
            _ = bench.Run(30);
        }

        Assert.Equal(ScheduleState.Finished, bench.Run(10_000));

        Assert.Empty(bench.Troubles);
        Assert.True(known < bench.Rows.Count);
        Assert.Equal(Enumerable.Range(0, 82), bench.Rows.Select(row => row.Step).Distinct());
        Assert.All(bench.Rows.Where(row => row.Amperes > 0), row => Assert.Equal(row.Step / 2 * 0.02e-3, row.Amperes, 9));
        Assert.Equal(20 + (40 * LevelSeconds), bench.Rows[^1].TestSeconds!.Value, 2);
    }

    [Fact]
    public void Adopt_AfterItHasRunOut_SaysBehindWhichLevel()
    {
        var schedule = Programs.Schedule(Program(), most: Most);
        using var bench = new EcLabBench();
        _ = bench.Instrument.Initialize(null);
        var ticket = bench.Channel.Start(schedule, "run-1");
        _ = bench.Run(10 + (11.5 * LevelSeconds));
        bench.Clock.NowSeconds += 100 * LevelSeconds;
        bench.Restart();

        Assert.True(bench.Channel.Adopt(schedule, "run-1", ticket, new ScheduleProgress(1, 11)));
        Assert.Equal(ScheduleState.Protected, bench.Run(10));

        Assert.Contains($"stopped behind level {12 + schedule.Ramps[0].Ahead} of the ramp", bench.Messages[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Fetch_UpdateIsRefused_IsToldAndTriedAgain()
    {
        using var bench = new EcLabBench().Begin(Programs.Schedule(Program(), most: Most));
        bench.Lab.Fail("BL_UpdateParameters", -15, 30);

        Assert.Equal(ScheduleState.Finished, bench.Run(10_000));

        Assert.Contains("the ramp was not written on", Assert.Single(bench.Troubles.Distinct()), StringComparison.Ordinal);
        Assert.Equal(82, bench.Rows.Select(row => row.Step).Distinct().Count());
    }

    [Fact]
    public void Fetch_UpdatesDoNothing_StopsAtTheClosedPlaceAndIsNotTakenForAShort()
    {
        var schedule = Programs.Schedule(Program(), most: Most);
        using var bench = new EcLabBench { Lab = { Takes = _ => [] } };
        _ = bench.Begin(schedule);

        Assert.Equal(ScheduleState.Protected, bench.Run(10_000));

        var levels = schedule.Ramps[0].Before + schedule.Ramps[0].Places - 1;
        Assert.Contains($"behind level {levels} of the ramp: it did not take the next level", bench.Messages[^1], StringComparison.Ordinal);
        Assert.Equal(levels * 0.02e-3, bench.Rows[^1].Amperes, 9);
    }

    [Fact]
    public void Fetch_OldLevelRunsAgain_IsAstray()
    {
        var schedule = Programs.Schedule(Program(), most: Most);
        using var bench = new EcLabBench { Lab = { Takes = parameters => parameters.Where(p => p.Label != "Current_step") } };
        _ = bench.Begin(schedule);

        Assert.Equal(ScheduleState.Astray, bench.Run(10_000));

        var window = schedule.Ramps[0];

        // The first place that held another level before; the closed one was loaded with 0 A.
        Assert.Equal(1 + (2 * (window.Before + window.Places)), bench.Rows[^1].Step);
        Assert.Contains("the level that its place held before", bench.Messages[^1], StringComparison.Ordinal);
        Assert.True(bench.Simulated.IsRunning);
    }

    [Fact]
    public void Fetch_ClosedPlaceLetsThrough_IsAstray()
    {
        using var bench = new EcLabBench { Lab = { Takes = parameters => parameters.Any(p => p is { Label: "Current_step", Index: 0, Raw: 0 }) ? [] : parameters } };
        _ = bench.Begin(Programs.Schedule(Program(), most: Most));
        _ = bench.Run(10 + (20.5 * LevelSeconds));
        bench.Lab.Fail("BL_UpdateParameters", -15, 100_000);

        Assert.Equal(ScheduleState.Astray, bench.Run(10_000));
        Assert.Contains("into a level of the ramp that this program had closed", bench.Messages[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Skip_InAWindow_EndsThePresentHalfCycleOnly()
    {
        using var bench = new EcLabBench().Begin(Programs.Schedule(Program(), most: Most));
        _ = bench.Run(10 + (20 * LevelSeconds) + 20);

        bench.Channel.Skip();

        Assert.Equal(ScheduleState.Finished, bench.Run(10_000));
        var lengths = bench.Rows.GroupBy(row => row.Step).ToDictionary(group => group.Key, group => group.Max(row => row.StepSeconds));
        Assert.InRange(lengths[41], 19, 23);
        Assert.All(lengths.Where(pair => pair.Key is > 0 and not 41 and < 81), pair => Assert.Equal(60, pair.Value, 2));
        Assert.Equal(0.8e-3, bench.Rows.Max(row => row.Amperes), 9);
    }

    [Fact]
    public void Skip_StepOfALevelThatIsOver_IsNotPutBackIntoThePlaceOfAnother()
    {
        var schedule = Programs.Schedule(Program(), most: Most);
        var decoder = new RowDecoder(schedule, fromStart: true);
        var (window, ramp) = (schedule.Ramps[0], decoder.Ramps[0]);
        _ = ramp.Meet(window.IndexOf(2), 1, 100);
        var skipped = new SkippedStep(schedule, decoder, window.IndexOf(2) + 1);

        Assert.True(skipped.MayComeAgain);
        Assert.Equal(window.Levels[2][1].Parameters, Assert.Single(skipped.Originals()).Parameters);
        _ = ramp.Meet(window.IndexOf(3), 1, 100);

        Assert.False(skipped.MayComeAgain);
    }

    [Fact]
    public void Run_HardShortInAWindow_IsStoppedByTheInstrument()
    {
        using var bench = new EcLabBench().Begin(Programs.Schedule(Program(), most: Most));
        _ = bench.Run(10 + (30 * LevelSeconds) + 20);
        bench.Lab.PlantShort(0, 2);

        Assert.Equal(ScheduleState.Protected, bench.Run(10));
        Assert.Contains("a hard short", bench.Messages[^1], StringComparison.Ordinal);
    }
}
