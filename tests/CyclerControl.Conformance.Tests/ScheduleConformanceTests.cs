using CyclerControl.Conformance.Tests.Subjects;
using CyclerControl.Core.Channels;

namespace CyclerControl.Conformance.Tests;

/// <summary>What every instrument that runs schedules by itself does on a sound wire.</summary>
public sealed class ScheduleConformanceTests
{
    public static TheoryData<string> Subjects => [.. Catalogue.ScheduledInstruments];

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Schedule_OnASoundWire_RunsOnceAndItsRecordIsReadAsItWasMade(string name)
    {
        using var subject = Catalogue.MakeScheduled(name);
        var run = new ScheduleConversation(subject).Carry();

        Assert.True(run.State == ScheduleState.Finished, $"{run.State}: {string.Join('\n', subject.Truth.Rows)}");
        run.AssertRowsAreTrue(name);
        Assert.Equal(0, run.Lost);
        Assert.Equal(1, subject.Truth.Starts);
        Assert.False(subject.Truth.IsRunning);
        Assert.Equal(0, subject.Truth.Amperes);
        Assert.InRange(run.Rows.Count, 50, 120);
        Assert.Equal(Recipe.Legs, LegsOf(subject.Truth.Rows));
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Initialize_Stranger_IsRefusedAndWrittenNothing(string name)
    {
        for (var stranger = 0; stranger < Strangers(name); stranger++)
        {
            using var subject = Catalogue.MakeScheduled(name);
            var run = new ScheduleConversation(subject).Open().Start();
            subject.Truth.Pass(9);
            var (what, exchange) = subject.Strangers[stranger];
            var before = subject.Truth.Commands.Count;
            run.Instrument.Dispose();
            exchange();
            using var next = subject.Connect();

            var error = Assert.ThrowsAny<InstrumentException>(() => next.Initialize(run.Identity));
            Assert.True(error is WrongInstrumentException or LinkFaultException, $"{name}, {what}: {error}");
            Assert.True(before == subject.Truth.Commands.Count, $"{name}, {what}: written {string.Join(", ", subject.Truth.Commands)}");
            Assert.True(subject.Truth.IsRunning, $"{name}, {what}");
        }
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Connection_OpenedReadKeptAliveAndClosed_WritesNothingToWhatRuns(string name)
    {
        using var subject = Catalogue.MakeScheduled(name);
        var run = new ScheduleConversation(subject).Open().Start();
        subject.Truth.Pass(9);
        var before = subject.Truth.Commands.Count;
        Assert.True(run.Return());
        run.Instrument.SafeState();
        run.Instrument.KeepAlive();
        _ = run.Channel.Read();
        run.Channel.Release();
        run.Instrument.Dispose();

        Assert.Equal(before, subject.Truth.Commands.Count);
        Assert.True(subject.Truth.IsRunning);
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Start_EachStateOfAChannel_StartsOnlyOnIdleOnes(string name)
    {
        for (var state = 0; state < Conditions(name); state++)
        {
            using var subject = Catalogue.MakeScheduled(name);
            var run = new ScheduleConversation(subject).Open();
            var (what, mayStart, arrange) = subject.Conditions[state];
            arrange();
            var before = subject.Truth.Commands.Count;
            Assert.True(mayStart == (run.Channel.WhyNotReady(run.Schedule) is null), $"{name}, '{what}', asked beforehand");
            Assert.Equal(before, subject.Truth.Commands.Count);
            var refusal = Record.Exception(() => run.Start());

            Assert.True(mayStart == (refusal is null), $"{name}, '{what}': {refusal}");
            Assert.True(refusal is null or InstrumentErrorException, $"{name}, '{what}': {refusal}");
            Assert.Equal(mayStart ? 1 : 0, subject.Truth.Starts);
            Assert.True(mayStart || before == subject.Truth.Commands.Count, $"{name}, '{what}': written {string.Join(", ", subject.Truth.Commands)}");
        }
    }

    // The same states, come about as they do in a laboratory.
    [Theory]
    [MemberData(nameof(Subjects))]
    public void Start_AfterEachEnd_StartsAndOnWhatRunsOrIsPausedDoesNot(string name)
    {
        foreach (var (state, mayStart) in ((string, bool)[])
            [("finished", true), ("stopped by us", true), ("stopped by hand", true), ("protected", true), ("running", false), ("paused", false), ("another's", false)])
        {
            using var subject = Catalogue.MakeScheduled(name);
            var before = Arranged(subject, state);
            var (starts, commands) = (subject.Truth.Starts, subject.Truth.Commands.Count);
            before.Instrument.Dispose();
            subject.Die();
            using var next = subject.Connect();
            _ = next.Initialize(before.Identity);
            var refusal = Record.Exception(() => next.Scheduled().Start(before.Schedule, "run-2"));

            Assert.True(mayStart ? refusal is null : refusal is InstrumentErrorException, $"{name}, {state}: {refusal}");
            Assert.Equal(starts + (mayStart ? 1 : 0), subject.Truth.Starts);
            Assert.True(mayStart || commands == subject.Truth.Commands.Count, $"{name}, {state}");
        }
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Limits_OfTheProtocol_AreInTheInstrument(string name)
    {
        using var subject = Catalogue.MakeScheduled(name);
        _ = new ScheduleConversation(subject).Open().Start();

        Assert.Equal([RowVerb.Plate, RowVerb.Strip], subject.Truth.Bounds.Select(bound => bound.Verb).Distinct().Order());
        Assert.All(subject.Truth.Bounds, bound => Assert.True(
            bound.Verb == RowVerb.Plate ? bound.Low is >= -0.8011 and < 0 : bound.High is <= 0.9011 and > 0, $"{name}: {bound}"));
    }

    // Nobody is there to see it.
    [Theory]
    [MemberData(nameof(Subjects))]
    public void Limits_BeyondThem_SwitchOffWithoutUs(string name)
    {
        using var subject = Catalogue.MakeScheduled(name);
        var run = Arranged(subject, "protected");

        Assert.False(subject.Truth.IsRunning);
        Assert.Equal(0, subject.Truth.Amperes);
        Assert.Equal(ScheduleState.Protected, run.Poll());
        Assert.True(subject.Truth.Rows[^1].Seconds < 30, $"{subject.Truth.Rows[^1]}");
        run.AssertRowsAreTrue(name);
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void OutputOff_FromEveryState_IsOffAndStopsNothingOfOthers(string name)
    {
        (string State, double Seconds)[] states =
        [
            ("idle", 0), ("running", 0), ("running", 2), ("running", 9), ("running", 16.5), ("running", 22), ("running", 33), ("running", 45),
            ("paused", 0), ("finished", 0), ("stopped by hand", 0), ("stopped by us", 0), ("protected", 0), ("power-cycled", 0), ("another's", 0),
        ];
        foreach (var (state, seconds) in states)
        {
            foreach (var anew in (bool[])[false, true])
            {
                using var subject = Catalogue.MakeScheduled(name);
                var run = Arranged(subject, state, seconds);
                if (anew)
                {
                    run.Instrument.Dispose();
                    _ = run.Return();
                }

                run.Channel.OutputOff();
                run.Channel.OutputOff();

                var where = $"{name}: {state} {seconds} s, {(anew ? "after a reconnection" : "on the same connection")}";
                Assert.True(subject.Truth.IsRunning == (state == "another's"), where);
                Assert.True(state == "another's" || subject.Truth.Amperes == 0, where);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void OutputOff_OfOurs_IsToldAsStopped(string name)
    {
        using var subject = Catalogue.MakeScheduled(name);
        var run = Arranged(subject, "stopped by us");

        Assert.Equal(ScheduleState.Stopped, run.Poll());
        run.AssertRowsAreTrue(name);
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Fetch_EachWayOutThatIsNotOurs_IsNamed(string name)
    {
        foreach (var (state, expected) in ((string, ScheduleState[])[])
            [("stopped by hand", [ScheduleState.Stopped]), ("paused", [ScheduleState.Paused]), ("another's", [ScheduleState.Displaced]),
                ("power-cycled", [ScheduleState.Stopped, ScheduleState.Displaced]), ("record gone", [ScheduleState.Displaced])])
        {
            using var subject = Catalogue.MakeScheduled(name);
            var run = Arranged(subject, state);
            var commands = subject.Truth.Commands.Count;

            Assert.Contains(run.Poll(), expected);
            Assert.True(run.Message?.Length > 10, $"{name}, {state}: {run.Message}");
            Assert.Equal(commands, subject.Truth.Commands.Count);
        }
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Adopt_NothingOfOursAnyMore_SaysNoOrEndsItAndStartsNothing(string name)
    {
        foreach (var state in (string[])["another's", "power-cycled", "record gone"])
        {
            foreach (var died in (bool[])[false, true])
            {
                using var subject = Catalogue.MakeScheduled(name);
                var run = Arranged(subject, state);
                var starts = subject.Truth.Starts;
                run.Instrument.Dispose();
                if (died)
                {
                    subject.Die();
                }

                var isOurs = run.Return();
                Assert.True(!isOurs || run.Poll() is ScheduleState.Stopped or ScheduleState.Displaced, $"{name}, {state}: {run.State}");
                run.Channel.OutputOff();
                Assert.Equal(starts, subject.Truth.Starts);
                Assert.Equal(state == "another's", subject.Truth.IsRunning);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Adopt_AtEachSecond_AfterOurDeathOrALostLine_MissesNoRowAndReadsNoneTwice(string name)
    {
        for (var second = 1; second < Recipe.Seconds; second += 2)
        {
            foreach (var died in (bool[])[false, true])
            {
                using var subject = Catalogue.MakeScheduled(name);
                var run = new ScheduleConversation(subject).Open().Start();
                _ = run.Run(second, 1);
                subject.Truth.Pass(3);
                if (died)
                {
                    subject.Die();
                }

                Assert.True(run.Return(), $"{name}, {second} s");
                Assert.Equal(ScheduleState.Finished, run.State == ScheduleState.Finished ? run.State : run.Run(Recipe.Seconds));
                Assert.Equal(1, subject.Truth.Starts);
                if (!died)
                {
                    run.AssertRowsAreTrue($"{name}, {second} s");
                }
                else
                {
                    Assert.Equal(subject.Truth.Rows.Count, run.Rows.Count);
                    Assert.Equal(subject.Truth.Rows.Select(row => (float)row.Volts), run.Rows.Select(row => (float)row.Volts));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void TwoClients_TheOther_NeitherStartsNorStopsNorTakesRows(string name)
    {
        using var subject = Catalogue.MakeScheduled(name);
        var run = new ScheduleConversation(subject).Open().Start();
        _ = run.Run(12);
        using var other = subject.ConnectAnother();
        _ = other.Initialize(null);
        var commands = subject.Truth.Commands.Count;
        _ = Assert.Throws<InstrumentErrorException>(() => other.Scheduled().Start(Recipe.Of(subject, Recipe.Foreign), "other"));
        other.Scheduled().OutputOff();
        other.KeepAlive();
        _ = other.Scheduled().Read();
        Assert.False(other.Scheduled().Adopt(Recipe.Of(subject, Recipe.Foreign), "other", null, null));
        Assert.Equal(commands, subject.Truth.Commands.Count);

        Assert.Equal(ScheduleState.Finished, run.Run(Recipe.Seconds));
        run.AssertRowsAreTrue(name);
    }

    /// <summary>A channel in a state that it came into by itself.</summary>
    internal static ScheduleConversation Arranged(IScheduledSubject subject, string state, double seconds = 9)
    {
        var schedule = state == "protected" ? Recipe.Of(subject, Recipe.Foreign, "{ min: -5 mV, max: 5 mV, longer_than: 1 s }") : null;
        var run = new ScheduleConversation(subject, schedule).Open();
        if (state == "idle")
        {
            return run;
        }

        _ = run.Start();
        subject.Truth.Pass(seconds);
        switch (state)
        {
            case "finished":
                _ = run.Run(Recipe.Seconds);
                break;
            case "protected":
                subject.Truth.Pass(60);
                break;
            case "stopped by us":
                run.Channel.OutputOff();
                break;
            case "stopped by hand":
                subject.Truth.StopByHand();
                break;
            case "paused":
                subject.Truth.PauseByHand();
                break;
            case "power-cycled":
                subject.Truth.PowerCycle();
                break;
            case "record gone":
                subject.Truth.LoseRecord();
                break;
            case "another's":
                subject.Truth.StopByHand();
                var other = subject.ConnectAnother();
                _ = other.Initialize(null);
                _ = other.Scheduled().Start(Recipe.Of(subject, Recipe.Foreign), "other");
                subject.Truth.Pass(1);
                break;
        }

        return run;
    }

    private static IEnumerable<RowVerb> LegsOf(IReadOnlyList<TrueRow> rows) => rows.Where((row, i) => i == 0 || rows[i - 1].Verb != row.Verb).Select(row => row.Verb);

    private static int Strangers(string name)
    {
        using var subject = Catalogue.MakeScheduled(name);
        return subject.Strangers.Count;
    }

    private static int Conditions(string name)
    {
        using var subject = Catalogue.MakeScheduled(name);
        return subject.Conditions.Count;
    }
}
