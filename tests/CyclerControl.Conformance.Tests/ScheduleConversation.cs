using CyclerControl.Conformance.Tests.Subjects;
using CyclerControl.Core.Channels;

namespace CyclerControl.Conformance.Tests;

/// <summary>One program that has a schedule run on a subject, and what it has read of its record, over as many connections as it takes.</summary>
internal sealed class ScheduleConversation
{
    /// <summary>Pages in one round at most: a record that has no end is a fault of ours.</summary>
    private const int MostPages = 200;

    public const string RunId = "run-1";

    private readonly IScheduledSubject _subject;
    private readonly ScheduleRow[] _page;

    public ScheduleConversation(IScheduledSubject subject, CompiledSchedule? schedule = null)
    {
        _subject = subject;
        Schedule = schedule ?? Recipe.Of(subject);
        _page = new ScheduleRow[subject.Capabilities.Schedule!.PageRows];
        Instrument = subject.Connect();
    }

    public CompiledSchedule Schedule { get; }

    public IInstrument Instrument { get; private set; }

    public IScheduledChannel Channel => Instrument.Scheduled();

    public InstrumentIdentity? Identity { get; private set; }

    public string? Ticket { get; private set; }

    /// <summary>The start was asked for, whether an answer came or not.</summary>
    public bool HasAsked { get; private set; }

    public List<ScheduleRow> Rows { get; } = [];

    public long Lost { get; private set; }

    public ScheduleState State { get; private set; }

    public string? Message { get; private set; }

    public ScheduleConversation Open()
    {
        _ = Instrument.Initialize(Identity);
        Identity = Instrument.Identity;
        return this;
    }

    public ScheduleConversation Start()
    {
        HasAsked = true;
        Ticket = Channel.Start(Schedule, RunId);
        return this;
    }

    /// <summary>Everything that the instrument has recorded since the last time.</summary>
    public ScheduleState Poll()
    {
        for (var pages = 0; pages < MostPages; pages++)
        {
            var fetched = Channel.Fetch(Rows.Count == 0 ? 0 : Rows[^1].Sequence, _page);
            Rows.AddRange(_page.AsSpan(0, fetched.Count));
            Lost += fetched.Lost;
            (State, Message) = (fetched.State, fetched.Message ?? Message);
            if (!fetched.More)
            {
                return State;
            }
        }

        throw new InvalidOperationException("a record without an end");
    }

    public ScheduleState Run(double seconds, double every = 6)
    {
        for (var passed = 0.0; passed < seconds; passed += every)
        {
            _subject.Truth.Pass(every);
            if (Poll() != ScheduleState.Running)
            {
                break;
            }
        }

        return State;
    }

    public void Pass(double seconds) => _subject.Truth.Pass(seconds);

    /// <summary>From nothing to the end of the schedule.</summary>
    public ScheduleConversation Carry()
    {
        _ = Open().Start().Run(Recipe.Seconds);
        Instrument.KeepAlive();
        return this;
    }

    /// <summary>A new connection over a sound wire, opened; what was begun is taken up.</summary>
    /// <returns>Whether the channel says that it is ours.</returns>
    /// <param name="reached">What is on record of how far it has come.</param>
    public bool Return(ScheduleProgress? reached = null)
    {
        Instrument.Dispose();
        Instrument = _subject.Connect();
        return Open().Channel.Adopt(Schedule, RunId, Ticket, reached);
    }

    /// <summary>Every row once, none left out but what the wire lost, each as it was recorded and in its step.</summary>
    public void AssertRowsAreTrue(string where)
    {
        var truth = _subject.Truth.Rows.Where((_, index) => !_subject.Truth.LostOnTheWay.Contains(index)).ToList();
        Assert.True(truth.Count == Rows.Count, $"{where}: {Rows.Count} rows were read, {truth.Count} were recorded");
        var legs = Legs(_subject.Truth.Rows);
        var isWhole = _subject.Truth.LostOnTheWay.Count == 0; // Else a step may have begun with a row that nobody has read.
        for (var i = 0; i < truth.Count; i++)
        {
            var (row, real) = (Rows[i], truth[i]);
            var (leg, begun) = legs[real];
            Assert.True(
                Math.Abs(row.Volts - real.Volts) < 1e-6 && Math.Abs(row.Amperes - real.Amperes) < 1e-9 && (!isWhole || Math.Abs(row.StepSeconds - (real.Seconds - begun)) < 1.1e-3)
                && row.Step == Array.IndexOf([RowVerb.Rest, RowVerb.Plate, RowVerb.Strip], real.Verb)
                && (row.TestSeconds is not { } test || Math.Abs(test - real.Seconds) < 1e-3),
                $"{where}, row {i}: read {row}, recorded {real} in {leg}");
            if (i > 0)
            {
                Assert.True(row.Sequence > Rows[i - 1].Sequence, $"{where}, row {i}: number {row.Sequence} behind {Rows[i - 1].Sequence}");
                var begins = row.Step != Rows[i - 1].Step || row.Pass != Rows[i - 1].Pass || row.StepSeconds < Rows[i - 1].StepSeconds;
                Assert.True(!isWhole || begins == (leg != legs[truth[i - 1]].Leg), $"{where}, row {i}: {row} behind {Rows[i - 1]}");
            }
        }
    }

    /// <summary>Which of the steps that run one after the other each row is of, and when it began.</summary>
    private static Dictionary<TrueRow, (int Leg, double Begun)> Legs(IReadOnlyList<TrueRow> rows)
    {
        var legs = new Dictionary<TrueRow, (int, double)>();
        var (leg, begun) = (-1, 0.0);
        RowVerb? verb = null;
        foreach (var row in rows)
        {
            if (row.Verb != verb)
            {
                (leg, begun, verb) = (leg + 1, row.Seconds - row.PartSeconds, row.Verb);
            }

            legs[row] = (leg, begun);
        }

        return legs;
    }
}

internal static class ScheduledInstruments
{
    /// <summary>The channel that the suite uses.</summary>
    public static IScheduledChannel Scheduled(this IInstrument instrument) => (IScheduledChannel)instrument.Channels[0];
}
