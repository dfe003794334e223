using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.BioLogic;

namespace CyclerControl.Instruments.Tests.Dialects.BioLogic;

/// <summary>Whole schedules on the stand-in library.</summary>
public sealed class BioLogicChannelTests
{
    private const string PlateAndStrip = """
          - rest: 10 s
          - repeat: 3
            steps:
              - plate: 0.5 mA
                for: 60 s
              - strip: 0.5 mA
                for: 60 s
        """;

    private const string OneHour = """
          - rest: 10 s
          - plate: 0.5 mA
            for: 1 h
          - strip: 0.5 mA
            for: 1 h
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_PlateAndStrip_EndsWithEveryRowInItsStepAndPass(bool isSp300)
    {
        var program = Programs.Small(PlateAndStrip);
        using var bench = new EcLabBench(isSp300).Begin(Programs.Schedule(program, isSp300 ? EcLabFamily.Sp300 : EcLabFamily.Vmp3));

        Assert.Equal(ScheduleState.Finished, bench.Run(1000));

        Assert.Equal([(0, 0L), (1, 0), (2, 0), (1, 1), (2, 1), (1, 2), (2, 2)], bench.Rows.Select(r => (r.Step, r.Pass)).Distinct());
        Assert.Equal(370, bench.Rows[^1].TestSeconds!.Value, 3);
        Assert.Equal(0, bench.Lost);
        Assert.All(bench.Rows.Where(r => r.Step == 1), r => Assert.Equal(-0.5e-3, r.Amperes, 9));
        Assert.All(bench.Rows.GroupBy(r => (r.Step, r.Pass)), g => Assert.Equal(g.Key.Step == 0 ? 10 : 60, g.Max(r => r.StepSeconds), 3));
        Assert.Equal(bench.Rows.Count, bench.Rows.Select(r => r.Sequence).Distinct().Count());
    }

    [Fact]
    public void Run_ChargeAsAVoltageGoal_IsOneStepWithItsConstantVoltage()
    {
        var program = Programs.Small("""
              - charge: 0.5 mA
                until: 4.2 V
                within: 20 h
                hold_until: [0.1 mA, 2 h]
              - rest: 60 s
            """, "nominal_capacity=2mAh", "full", "{ min: 2.5 V, max: 4.3 V }");
        using var bench = new EcLabBench(cell: "ncm83125-li").Begin(Programs.Schedule(program));

        Assert.Equal(ScheduleState.Finished, bench.Run(100_000));

        var charge = bench.Rows.Where(r => r.Step == 0).ToList();
        Assert.Equal(2, bench.Rows.Select(r => r.Step).Distinct().Count());
        Assert.Single(charge.Select(r => r.Pass).Distinct());
        Assert.All(charge.Zip(charge.Skip(1)), pair => Assert.True(pair.First.StepSeconds <= pair.Second.StepSeconds));
        Assert.Equal(4.2, charge.Max(r => r.Volts), 3);
        Assert.Equal(0.1e-3, charge[^1].Amperes, 6);
    }

    [Fact]
    public void Run_HoldBehindItsCharge_BeginsAtItsCurrentAndFalls()
    {
        var program = Programs.Small("""
              - charge: 0.5 mA
                until: 4.2 V
                within: 20 h
              - hold: 4.2 V
                for: 30 min
            """, "nominal_capacity=2mAh", "full", "{ min: 2.5 V, max: 4.3 V }");
        using var bench = new EcLabBench(cell: "ncm83125-li").Begin(Programs.Schedule(program));

        Assert.Equal(ScheduleState.Finished, bench.Run(100_000));

        var hold = bench.Rows.Where(row => row.Step == 1).ToList();
        Assert.Equal(1800, hold[^1].StepSeconds, 2);
        Assert.All(hold.Skip(1), row => Assert.Equal(4.2, row.Volts, 4));
        Assert.All(hold, row => Assert.InRange(row.Amperes, 0, 0.505e-3));
        Assert.True(hold[^1].Amperes < 0.4e-3);
    }

    [Fact]
    public void Run_HardShort_IsStoppedByTheInstrumentAndTold()
    {
        var schedule = Programs.Schedule(Programs.Small(OneHour));
        using var bench = new EcLabBench().Begin(schedule);
        _ = bench.Run(600);
        bench.Lab.PlantShort(0, 2);

        Assert.Equal(ScheduleState.Protected, bench.Run(10));

        Assert.False(bench.Simulated.IsRunning);
        Assert.Contains("hard short", bench.Messages[^1], StringComparison.Ordinal);
        Assert.Equal(0.2 * 60 * 0.5e-3, schedule.Steps[1].FloorVolts!.Value, 6);
        Assert.True(Math.Abs(bench.Rows[^1].Volts) <= schedule.Steps[1].FloorVolts);
    }

    [Fact]
    public void Run_VoltageLimit_IsStoppedByTheInstrumentAndTold()
    {
        var program = Programs.Small("""
              - plate: 5 mA
                for: 1 h
            """, "", limits: "{ min: -0.2 V, max: 0.2 V }");
        using var bench = new EcLabBench().Begin(Programs.Schedule(program));

        Assert.Equal(ScheduleState.Protected, bench.Run(60));
        Assert.Contains("limit of the protocol", bench.Messages[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_GoalNotInTime_IsProtectedAndNotFinished()
    {
        var program = Programs.Small("""
              - strip: 0.1 mA
                until: 0.9 V
                within: 30 s
              - rest: 60 s
            """);
        using var bench = new EcLabBench().Begin(Programs.Schedule(program));

        Assert.Equal(ScheduleState.Protected, bench.Run(100));
        Assert.Contains("not reached in time", bench.Messages[^1], StringComparison.Ordinal);
        Assert.All(bench.Rows, r => Assert.Equal(0, r.Step));
    }

    [Fact]
    public void OutputOff_Running_StopsAndIsTold()
    {
        using var bench = new EcLabBench().Begin(Programs.Schedule(Programs.Small(OneHour)));
        _ = bench.Run(60);

        bench.Channel.OutputOff();

        Assert.False(bench.Simulated.IsRunning);
        Assert.Equal(ScheduleState.Stopped, bench.Run(5));
    }

    [Fact]
    public void OutputOff_NotConfirmed_SaysSoLoudly()
    {
        using var bench = new EcLabBench().Begin(Programs.Schedule(Programs.Small(OneHour)));
        bench.Lab.Fail("BL_StopChannel", -200, 100);
        bench.Lab.Fail("BL_GetCurrentValues", -200, 1000);

        Assert.Contains("OUTPUT UNCONFIRMED", Assert.Throws<LinkFaultException>(bench.Channel.OutputOff).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OutputOff_AfterABrokenExchange_IsStillTried()
    {
        using var bench = new EcLabBench().Begin(Programs.Schedule(Programs.Small(OneHour)));
        bench.Lab.Fail("BL_GetData", -200);
        _ = Assert.Throws<LinkFaultException>(() => bench.Poll());
        _ = Assert.Throws<LinkFaultException>(() => bench.Poll());

        bench.Channel.OutputOff();

        Assert.False(bench.Simulated.IsRunning);
    }

    [Fact]
    public void Stop_FromAnotherProgram_IsNotTakenForTheEnd()
    {
        using var bench = new EcLabBench().Begin(Programs.Schedule(Programs.Small(OneHour)));
        _ = bench.Run(60);
        Assert.Equal(0, bench.Lab.Stop(0));

        Assert.Equal(ScheduleState.Stopped, bench.Run(5));
        Assert.Contains("by another program", bench.Messages[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Skip_OneStep_GoesOnAndHasItsTimeBackInTheNextPass()
    {
        using var bench = new EcLabBench().Begin(Programs.Schedule(Programs.Small(PlateAndStrip)));
        _ = bench.Run(20);

        bench.Channel.Skip();

        Assert.Equal(ScheduleState.Finished, bench.Run(1000));
        var lengths = bench.Rows.GroupBy(r => (r.Step, r.Pass)).ToDictionary(g => g.Key, g => g.Max(r => r.StepSeconds));
        Assert.InRange(lengths[(1, 0)], 9, 12);
        Assert.Equal(60, lengths[(2, 0)], 3);
        Assert.Equal(60, lengths[(1, 1)], 3);
    }

    [Fact]
    public void Skip_ConstantVoltageAhead_SkipsItWithTheGuardDisarmed()
    {
        var program = Programs.Small("""
              - charge: 0.5 mA
                until: 4.2 V
                within: 20 h
                hold_until: [0.1 mA, 2 h]
              - rest: 60 s
            """, "nominal_capacity=2mAh", "full", "{ min: 2.5 V, max: 4.3 V }");
        using var bench = new EcLabBench(cell: "ncm83125-li").Begin(Programs.Schedule(program));
        _ = bench.Run(60);

        bench.Channel.Skip();

        Assert.Equal(ScheduleState.Finished, bench.Run(200));
        Assert.Equal(60, bench.Rows[^1].StepSeconds, 3);
    }

    [Fact]
    public void Skip_BeforeAnyRow_IsRefused()
    {
        using var bench = new EcLabBench().Begin(Programs.Schedule(Programs.Small(OneHour)));

        _ = Assert.Throws<InstrumentErrorException>(bench.Channel.Skip);
    }

    [Fact]
    public void Fetch_RowsWereLost_SaysHowMany()
    {
        using var bench = new EcLabBench().Begin(Programs.Schedule(Programs.Small(OneHour)));
        bench.Clock.NowSeconds += 30;
        bench.Lab.Lose(0, 100);

        _ = bench.Poll();

        Assert.Equal(100, bench.Lost);
    }

    [Fact]
    public void Fetch_AnotherTechniqueRuns_IsDisplaced()
    {
        using var bench = new EcLabBench().Begin(Programs.Schedule(Programs.Small(OneHour)));
        _ = bench.Run(5);
        bench.Channel.OutputOff();
        var other = new EcLabForeign(bench.Lab);

        other.Run(Programs.Schedule(Programs.Small("""
              - plate: 0.5 mA
                for: 1 h
            """)));
        bench.Clock.NowSeconds += 10;

        Assert.Equal(ScheduleState.Displaced, bench.Poll());
    }
}
