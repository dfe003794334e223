using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Service.Preflight;

namespace CyclerControl.Service.Tests.Preflight;

public sealed class PreflightChecksTests
{
    [Fact]
    public void Judge_AllIsWell_PassesAndNamesEachThingOnce()
    {
        var report = PreflightChecks.Judge(Facts.Of());

        Assert.All(report.Checks, c => Assert.True(c.Status == PreflightStatus.Pass, c.ToString()));
        Assert.Equal(
            ["channel", "identity", "open_circuit_voltage", "protocol", "ranges", "accuracy", "limits", "watchdog", "abort_latency", "detection", "disk_space", "clock"],
            report.Checks.Select(c => c.Name));
        Assert.Null(report.Refusal(null));
        Assert.Empty(report.Events(null));
    }

    [Fact]
    public void Protocol_ThatTheInstrumentCannotRunByItself_FailsForGoodWithEveryReason()
    {
        var compilation = new ScheduleCompilation(null, [new("steps[1]", "until", "no pause here"), new("steps[4].steps[0]", "at_most", "no ceiling here")]);
        var report = PreflightChecks.Judge(Facts.Of() with { Schedule = compilation });

        Assert.Equal(
            [
                "bench/1 cannot run this protocol by itself: steps[1].until: no pause here",
                "bench/1 cannot run this protocol by itself: steps[4].steps[0].at_most: no ceiling here",
            ],
            report.Failures.Select(c => c.Sentence));
        Assert.NotNull(report.Refusal("whatever"));
    }

    [Fact]
    public void Schedule_OfAnInstrumentThatRunsByItself_IsToldWithWhatItDoesOtherwise()
    {
        var schedule = new Loaded { Steps = [], Text = "", Remarks = ["Charge goals are times.", "No pause."] };
        var report = PreflightChecks.Judge(Facts.Of() with { Schedule = new ScheduleCompilation(schedule, []) });

        Assert.Equal(["Charge goals are times.", "No pause."], report.Checks.Where(c => c.Name == "schedule").Select(c => c.Sentence));
        Assert.All(report.Checks, c => Assert.True(c.Status == PreflightStatus.Pass, c.ToString()));
        Assert.Contains("loaded into the instrument", Assert.Single(report.Checks, c => c.Name == "limits").Sentence, StringComparison.Ordinal);
        Assert.Empty(report.Events(null));
    }

    [Fact]
    public void Channel_OfAnInstrumentThatRunsByItself_ClaimsNoMoreThanIsKnown()
    {
        var capabilities = Facts.Capabilities with { Schedule = new ScheduledOperation(TimeSpan.FromSeconds(5), 1000, CanSkip: false) };
        var check = InstrumentChecks.Channel(Facts.Of() with { Capabilities = capabilities });

        Assert.Equal(PreflightStatus.Pass, check.Status);
        Assert.DoesNotContain("output off", check.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("free", check.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Channel_ThatWouldRefuseTheStart_FailsForGoodAndItsVoltageIsNotJudged()
    {
        var report = PreflightChecks.Judge(Facts.Of() with { OpenCircuitVolts = null, NotReady = "bench/1: somebody else's test runs" });

        var only = Assert.Single(report.Failures);
        Assert.Equal(("channel", "bench/1: somebody else's test runs"), (only.Name, only.Sentence));
        Assert.DoesNotContain(report.Checks, c => c.Name == "open_circuit_voltage");
        Assert.NotNull(report.Refusal("I know better"));
    }

    [Theory]
    [InlineData(0.020, PreflightStatus.Pass)]
    [InlineData(-0.020, PreflightStatus.Pass)]
    [InlineData(0.0201, PreflightStatus.Warn)]
    [InlineData(-0.100, PreflightStatus.Warn)]
    [InlineData(0.101, PreflightStatus.Fail)]
    [InlineData(-3, PreflightStatus.Fail)]
    public void OpenCircuit_Symmetric_IsBoundOnBothSides(double volts, PreflightStatus expected) =>
        AssertOpenCircuit("symmetric", volts, expected, overridable: expected == PreflightStatus.Fail);

    [Theory]
    [InlineData(-0.11, PreflightStatus.Fail)]
    [InlineData(-0.1, PreflightStatus.Pass)]
    [InlineData(3.5, PreflightStatus.Pass)]
    [InlineData(3.51, PreflightStatus.Fail)]
    public void OpenCircuit_Half_IsBetweenItsBounds(double volts, PreflightStatus expected) =>
        AssertOpenCircuit("half", volts, expected, overridable: expected == PreflightStatus.Fail);

    [Theory]
    [InlineData(-3.2, PreflightStatus.Fail)]
    [InlineData(0.19, PreflightStatus.Fail)]
    [InlineData(0.2, PreflightStatus.Pass)]
    [InlineData(4.2, PreflightStatus.Pass)]
    [InlineData(4.21, PreflightStatus.Fail)]
    public void OpenCircuit_Full_IsNeverOverridden(double volts, PreflightStatus expected) =>
        AssertOpenCircuit("full", volts, expected, overridable: false);

    [Fact]
    public void OpenCircuit_NegativeOnAFullCell_SaysReversed() =>
        Assert.Contains("polarity is reversed", OpenCircuitCheck.Judge(Facts.Of(kind: "full") with { OpenCircuitVolts = -0.01 }).Sentence, StringComparison.Ordinal);

    [Fact]
    public void Judge_AWatchedChannel_SaysThatItCannotBeSwitchedOffAndAsksForNoRestingCell()
    {
        var facts = Facts.Of() with
        {
            Capabilities = Facts.Capabilities with { IsWatched = true, WatchdogTimeout = null, Schedule = new ScheduledOperation(TimeSpan.FromSeconds(5), 1000, CanSkip: false) },
            OpenCircuitVolts = -0.8,
        };
        var checks = PreflightChecks.Judge(facts).Checks.ToDictionary(c => c.Name);

        Assert.Equal(PreflightStatus.Warn, checks["channel"].Status);
        Assert.Contains(Safeguards.WatchedOnly, checks["channel"].Sentence, StringComparison.Ordinal);
        Assert.Equal(PreflightStatus.Warn, checks["limits"].Status);
        Assert.Contains("not written to the instrument", checks["limits"].Sentence, StringComparison.Ordinal);
        Assert.Contains("a short or a breached limit is told, and the instrument goes on", checks["abort_latency"].Sentence, StringComparison.Ordinal);
        Assert.Equal(PreflightStatus.Pass, checks["open_circuit_voltage"].Status);
        Assert.DoesNotContain(checks.Values, c => c.Sentence.Contains("output off", StringComparison.Ordinal));

        var nothing = OpenCircuitCheck.Judge(facts with { OpenCircuitVolts = null, Unread = "no file", CannotRead = true });
        Assert.Equal(PreflightStatus.Fail, nothing.Status);
        Assert.Contains("there is nothing to watch: no file", nothing.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, PreflightStatus.Warn)]
    [InlineData(false, PreflightStatus.Fail)]
    public void OpenCircuit_Unread_IsAWarningOnlyWhereTheInstrumentCannot(bool cannot, PreflightStatus expected)
    {
        var check = OpenCircuitCheck.Judge(Facts.Of() with { OpenCircuitVolts = null, Unread = "because", CannotRead = cannot });

        Assert.Equal(expected, check.Status);
        Assert.Contains("because", check.Sentence, StringComparison.Ordinal);
        Assert.False(check.IsOverridable);
    }

    /// <summary>2e-4 + 200 nA / I on 1 mA, 2e-4 + 20 uA / I above.</summary>
    [Theory]
    [InlineData("1 mA", PreflightStatus.Pass, "on the range 1 mA: 0.04 %")]
    [InlineData("1.1 mA", PreflightStatus.Warn, "on the range 100 mA: 1.838 %")]
    [InlineData("3 mA", PreflightStatus.Pass, "on the range 100 mA: 0.687 %")]
    [InlineData("20 uA", PreflightStatus.Warn, "on the range 1 mA: 1.02 %")]
    [InlineData("2 uA", PreflightStatus.Fail, "on the range 1 mA: 10.02 %")]
    public void Accuracy_SmallestRangeThatTakesTheLevel_Decides(string current, PreflightStatus expected, string words)
    {
        var check = RangeChecks.Accuracy(Facts.Of(current));

        Assert.Equal(expected, check.Status);
        Assert.Contains(words, check.Sentence, StringComparison.Ordinal);
        Assert.Equal(expected == PreflightStatus.Fail, check.IsOverridable);
    }

    [Theory]
    [InlineData("cycling", PreflightStatus.Pass)]
    [InlineData("coulombic_efficiency", PreflightStatus.Warn)]
    public void Accuracy_EfficiencyProtocol_WarnsAboveATenthOfAPerCent(string measure, PreflightStatus expected)
    {
        var facts = Facts.Of("0.2 mA", "half", text => text.Replace("measure: cycling", "measure: " + measure, StringComparison.Ordinal));

        Assert.Equal(expected, RangeChecks.Accuracy(facts).Status);
    }

    [Fact]
    public void Ranges_BeyondTheChannel_FailsAndNamesAll()
    {
        var facts = Facts.Of("0.2 A") with { Capabilities = Facts.Capabilities with { MaxVolts = 4 } };
        var check = RangeChecks.Ranges(facts);

        Assert.Equal(PreflightStatus.Fail, check.Status);
        Assert.Contains("200 mA", check.Sentence, StringComparison.Ordinal);
        Assert.False(check.IsOverridable);
    }

    [Theory]
    [InlineData("bulk_resistance: 60 ohm", "0.5 mA", PreflightStatus.Pass, "armed at all levels")]
    [InlineData("bulk_resistance: 60 ohm", "0.05 mA", PreflightStatus.Warn, "may be blind below 0.0917 mA")]
    [InlineData("thickness: 0.06 cm, conductivity: 1 mS/cm", "0.5 mA", PreflightStatus.Pass, "armed at all levels")]
    [InlineData("notes: none", "0.05 mA", PreflightStatus.Pass, "more than 110 ohm at 0.05 mA")]
    public void Detection_ByTheElectrolyte_IsArmedBlindOrNotKnown(string cell, string current, PreflightStatus expected, string words)
    {
        var check = DetectionCheck.Judge(Facts.Of(current, edit: text => text.Replace("area: 1 cm2", "area: 1 cm2, " + cell, StringComparison.Ordinal)));

        Assert.Equal(expected, check.Status);
        Assert.Contains(words, check.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3.2, PreflightStatus.Pass)]
    [InlineData(0.001, PreflightStatus.Warn)]
    public void Detection_FullCell_GoesByItsVoltage(double volts, PreflightStatus expected) =>
        Assert.Equal(expected, DetectionCheck.Judge(Facts.Of(kind: "full") with { OpenCircuitVolts = volts }).Status);

    [Theory]
    [InlineData(100_000_000_000, PreflightStatus.Pass)]
    [InlineData(900_000_000, PreflightStatus.Warn)]
    [InlineData(20_200_000, PreflightStatus.Fail)]
    public void DiskSpace_AgainstThePredictedRun_PassesWarnsOrFails(long free, PreflightStatus expected) =>
        Assert.Equal(expected, MachineChecks.DiskSpace(Facts.Of() with { FreeBytes = free }).Status);

    [Theory]
    [InlineData("2026-03-04T05:00:00Z", "2026-03-04T04:59:00Z", PreflightStatus.Pass)]
    [InlineData("2026-03-04T05:00:00Z", "2026-03-04T05:01:00Z", PreflightStatus.Pass)]
    [InlineData("2026-03-04T05:00:00Z", "2026-03-04T05:03:00Z", PreflightStatus.Fail)]
    [InlineData("1970-01-01T00:00:10Z", "1970-01-01T00:00:00Z", PreflightStatus.Fail)]
    public void Clock_GoneBackOrImplausible_Fails(string now, string newest, PreflightStatus expected)
    {
        var facts = Facts.Of() with { NowUtc = Time(now), NewestRunUtc = Time(newest) };

        Assert.Equal(expected, MachineChecks.Clock(facts).Status);
        Assert.Equal(PreflightStatus.Pass, MachineChecks.Clock(facts with { IsRealTime = false }).Status);
    }

    [Theory]
    [InlineData(ChannelState.Running, "busy")]
    [InlineData(ChannelState.Paused, "busy")]
    [InlineData(ChannelState.Tripped, "acknowledge")]
    public void Channel_NotFree_FailsForGood(ChannelState state, string words)
    {
        var report = PreflightChecks.Judge(Facts.Of() with { State = state, OpenCircuitVolts = null, Unread = "it has a run", CannotRead = state == ChannelState.Tripped });

        var only = Assert.Single(report.Failures);
        Assert.Contains(words, only.Sentence, StringComparison.Ordinal);
        Assert.NotNull(report.Refusal("I know better"));
    }

    [Fact]
    public void Identity_AnotherSerialNumberThanBefore_IsAWarning()
    {
        var facts = Facts.Of() with { Earlier = new EarlierRun("20260101-000000-bench-1-abcd", "ACME C8 122 1.0") };

        Assert.Equal(PreflightStatus.Warn, InstrumentChecks.Identity(facts).Status);
        Assert.Equal(PreflightStatus.Pass, InstrumentChecks.Identity(facts with { Earlier = new EarlierRun("r", "ACME C8 123 1.0") }).Status);
        Assert.Equal(PreflightStatus.Warn, InstrumentChecks.Identity(facts with { Identity = new InstrumentIdentity("ACME", "C8", null, null), Earlier = null }).Status);
    }

    [Fact]
    public void Watchdog_None_IsAWarningOnRealInstruments()
    {
        var facts = Facts.Of() with { Capabilities = Facts.Capabilities with { WatchdogTimeout = null } };

        Assert.Contains("NO WATCHDOG", InstrumentChecks.Watchdog(facts).Sentence, StringComparison.Ordinal);
        Assert.Equal(PreflightStatus.Warn, InstrumentChecks.Watchdog(facts).Status);
        Assert.Equal(PreflightStatus.Pass, InstrumentChecks.Watchdog(facts with { IsSimulated = true }).Status);
    }

    [Fact]
    public void Limits_None_IsAWarning()
    {
        var facts = Facts.Of(edit: text => text.Replace("limits: { voltage: { min: -1 V, max: 4.2 V } }\n", "", StringComparison.Ordinal));

        Assert.Equal(PreflightStatus.Warn, InstrumentChecks.Limits(facts).Status);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static void AssertOpenCircuit(string kind, double volts, PreflightStatus expected, bool overridable)
    {
        var check = OpenCircuitCheck.Judge(Facts.Of(kind: kind) with { OpenCircuitVolts = volts });
        Assert.Equal((expected, overridable), (check.Status, check.IsOverridable));
    }

    private sealed record Loaded : CompiledSchedule;
}
