using System.Text;
using CyclerControl.Conformance.Tests.Subjects;
using CyclerControl.Core.Channels;

namespace CyclerControl.Conformance.Tests;

/// <summary>
/// One exchange with a schedule instrument goes wrong, each in turn and in each way: nothing but a named fault comes out, nothing is started twice,
/// nothing is stopped that nobody wanted stopped, and the next connection takes up exactly our run.
/// </summary>
public sealed class BrokenScheduleTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var name in Catalogue.ScheduledInstruments)
            {
                using var subject = Catalogue.MakeScheduled(name);
                foreach (var trouble in subject.Troubles)
                {
                    cases.Add(name, trouble);
                }
            }

            return cases;
        }
    }

    public static TheoryData<string> Wired
    {
        get
        {
            var names = new TheoryData<string>();
            foreach (var name in Catalogue.ScheduledInstruments)
            {
                using var subject = Catalogue.MakeScheduled(name);
                if (subject.Wire is not null)
                {
                    names.Add(name);
                }
            }

            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Exchange_EachInTurnGoesWrong_IsANamedFaultAndTheRunIsTakenUpAsItIs(string name, string trouble)
    {
        var (from, to) = Exchanges(name, run => run.Carry());
        for (var troubled = from; troubled < to; troubled++)
        {
            using var subject = Catalogue.MakeScheduled(name);
            subject.Spoil(troubled, trouble);
            var run = new ScheduleConversation(subject);
            var fault = Record.Exception(() => run.Carry());

            var where = $"{name}, {trouble} at exchange {troubled}";
            Assert.True(fault is null or InstrumentException, $"{where}: {fault}");
            Assert.True(fault is not null || subject.MayPassUnnoticed(trouble), $"{where}: nobody noticed");
            if (fault is LinkFaultException)
            {
                // What is poisoned stays so: a late reply must find nobody who asks.
                Assert.ThrowsAny<LinkFaultException>(run.Instrument.KeepAlive);
            }

            if (fault is null)
            {
                AssertTrueButForLostSteps(run, where);
            }
            else if (!run.HasAsked)
            {
                TakeUpBeforeTheStart(subject, run, where);
            }
            else if (run.Ticket is null)
            {
                SwitchOffAfterAnUnknownStart(subject, run, fault, where);
            }
            else
            {
                TakeUpWhatRuns(subject, run, where);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void OutputOff_EachExchangeInTurnGoesWrong_IsOffOrSaysThatItIsNotKnown(string name, string trouble)
    {
        var (_, from) = Exchanges(name, run => StartAndPass(run));
        var (_, to) = Exchanges(name, run => StartAndPass(run).Channel.OutputOff());
        for (var troubled = from; troubled < to; troubled++)
        {
            using var subject = Catalogue.MakeScheduled(name);
            subject.Spoil(troubled, trouble);
            var run = StartAndPass(new ScheduleConversation(subject));
            var fault = Record.Exception(run.Channel.OutputOff);

            var where = $"{name}, {trouble} at exchange {troubled}: {fault}";
            Assert.True(fault is null or LinkFaultException, where);
            Assert.True(fault is not null || !subject.Truth.IsRunning, where);
            run.Instrument.Dispose();
            using var next = subject.Connect();
            _ = next.Initialize(run.Identity);
            next.Scheduled().OutputOff();

            Assert.False(subject.Truth.IsRunning, where);
            Assert.Equal(0, subject.Truth.Amperes);
            Assert.Equal(1, subject.Truth.Starts);
        }
    }

    // At 0 byte by byte, then every reply in two at each position of the longest.
    [Theory]
    [MemberData(nameof(Wired))]
    public void Reply_SplitAtEveryPosition_IsWhole(string name)
    {
        var longest = 1;
        for (var at = 0; at < longest; at++)
        {
            using var subject = Catalogue.MakeScheduled(name);
            subject.Wire!.SplitAt = at;
            var run = StartAndPass(new ScheduleConversation(subject));
            _ = run.Poll();
            longest = subject.Wire.LongestReply;

            run.AssertRowsAreTrue($"{name}, split at {at}");
            Assert.Equal(at > 0 ? [at] : Enumerable.Range(1, longest - 1), subject.Wire.Cuts.Order());
        }
    }

    // Another character at each byte of what answers a start or a stop, at each tag and every so-manieth byte of the rest: noticed, or nothing that counts has changed.
    [Theory]
    [MemberData(nameof(Wired))]
    public void Reply_Garbled_IsNoticedOrChangesNothing(string name)
    {
        using var sound = Catalogue.MakeScheduled(name);
        StartPollAndStop(new ScheduleConversation(sound));
        foreach (var (garbled, at) in Bytes(sound.Wire!.Replies))
        {
            using var subject = Catalogue.MakeScheduled(name);
            subject.Wire!.Tamper = (number, reply) => number == garbled ? [.. reply[..at], (byte)'~', .. reply[(at + 1)..]] : reply;
            var run = new ScheduleConversation(subject);
            var fault = Record.Exception(() => StartPollAndStop(run));

            var where = $"{name}, exchange {garbled}, byte {at} of {Encoding.UTF8.GetString(subject.Wire.Replies[garbled])}: {fault}";
            Assert.True(fault is null or InstrumentException, where);
            Assert.True(fault is not (null or InstrumentErrorException) || !subject.Truth.IsRunning, where);
            if (fault is null)
            {
                AssertTrueButForLostSteps(run, where);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Wired))]
    public void Bytes_ThatNobodyAskedFor_EndTheConnectionBeforeTheNextQuestion(string name)
    {
        using var subject = Catalogue.MakeScheduled(name);
        var run = StartAndPass(new ScheduleConversation(subject));
        var said = subject.Wire!.Messages.Count;
        subject.Wire.Arrive(subject.Wire.Replies[^1]);

        Assert.Throws<LinkFaultException>(() => run.Poll());
        Assert.Equal(said, subject.Wire.Messages.Count);
        Assert.Throws<LinkFaultException>(run.Channel.OutputOff);
        Assert.True(subject.Truth.IsRunning);
    }

    // A page that has been read already comes again and again.
    [Theory]
    [MemberData(nameof(Wired))]
    public void Page_ThatBringsNothingNew_IsNotAskedForForEver(string name)
    {
        using var subject = Catalogue.MakeScheduled(name);
        var run = StartAndPass(new ScheduleConversation(subject));
        var rows = new ScheduleRow[4];
        _ = run.Channel.Fetch(0, rows);
        var page = subject.Wire!.Replies[^1];
        var before = subject.Wire.Exchanges;
        subject.Wire.Tamper = (_, reply) => reply.AsSpan().IndexOf("<data"u8) >= 0 ? page : reply;

        Assert.Throws<LinkFaultException>(() =>
        {
            var after = rows[3].Sequence;
            while (run.Channel.Fetch(after, rows) is { More: true } fetched && subject.Wire.Exchanges - before < 100)
            {
                after = fetched.Count > 0 ? rows[fetched.Count - 1].Sequence : after;
            }
        });
    }

    private static void TakeUpBeforeTheStart(IScheduledSubject subject, ScheduleConversation run, string where)
    {
        Assert.True(subject.Truth.Starts == 0, where);
        Assert.False(run.Return(), where);
        Assert.Equal(ScheduleState.Finished, run.Start().Run(Recipe.Seconds));
        run.AssertRowsAreTrue(where);
    }

    // As the runner does: an output that may be on is switched off before anything else.
    private static void SwitchOffAfterAnUnknownStart(IScheduledSubject subject, ScheduleConversation run, Exception fault, string where)
    {
        Assert.InRange(subject.Truth.Starts, 0, 1);
        Assert.True(fault is LinkFaultException || !subject.Truth.IsRunning, $"{where}: said to be refused, and runs");
        subject.Truth.Pass(3);
        run.Instrument.Dispose();
        using var next = subject.Connect();
        _ = next.Initialize(run.Identity);
        next.Scheduled().OutputOff();

        Assert.False(subject.Truth.IsRunning, where);
        Assert.InRange(subject.Truth.Starts, 0, 1);
        _ = next.Scheduled().Start(run.Schedule, "run-2");
        Assert.True(subject.Truth.IsRunning, where);
    }

    private static void TakeUpWhatRuns(IScheduledSubject subject, ScheduleConversation run, string where)
    {
        var commands = subject.Truth.Commands.Count;
        subject.Truth.Pass(5);
        Assert.True(run.Return(), where);
        var end = run.Run(Recipe.Seconds);
        var isEndLost = subject.Truth.LostOnTheWay.Contains(subject.Truth.Rows.Count - 1); // Then nothing tells an end from a stop.
        Assert.True(end == ScheduleState.Finished || (isEndLost && end == ScheduleState.Stopped), $"{where}: {run.State}, {run.Message}");
        run.AssertRowsAreTrue(where);
        Assert.Equal(commands, subject.Truth.Commands.Count);
        Assert.Equal(1, subject.Truth.Starts);
    }

    // A row whose step is not to be recognised is of no step: it ends the run, and says why.
    private static void AssertTrueButForLostSteps(ScheduleConversation run, string where)
    {
        if (run.Rows.TrueForAll(row => row.Step >= 0))
        {
            run.AssertRowsAreTrue(where);
        }
    }

    private static IEnumerable<(int Reply, int At)> Bytes(List<byte[]> replies) =>
        from number in Enumerable.Range(0, replies.Count)
        let reply = replies[number]
        let step = reply.Length > 500 ? 41 : reply.AsSpan().IndexOf("<start "u8) >= 0 || reply.AsSpan().IndexOf("<stop "u8) >= 0 ? 1 : 7
        from at in Enumerable.Range(0, reply.Length)
        where at % step == 0 || reply[at] == '<'
        select (number, at);

    private static ScheduleConversation StartAndPass(ScheduleConversation run)
    {
        _ = run.Open().Start();
        run.Pass(12);
        return run;
    }

    private static void StartPollAndStop(ScheduleConversation run)
    {
        _ = StartAndPass(run).Poll();
        run.Channel.OutputOff();
        _ = run.Poll();
    }

    /// <summary>The exchanges of a sound conversation that are not its connecting.</summary>
    private static (int From, int To) Exchanges(string name, Action<ScheduleConversation> carry)
    {
        using var subject = Catalogue.MakeScheduled(name);
        var run = new ScheduleConversation(subject);
        var from = subject.Exchanges;
        carry(run);
        return (from, subject.Exchanges);
    }
}
