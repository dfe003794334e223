using System.Globalization;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.Neware.Messages;
using CyclerControl.Instruments.Dialects.Neware.StepFiles;

namespace CyclerControl.Instruments.Dialects.Neware;

/// <summary>
/// One channel behind a BTS program. Only three things are ever written: a step file, <c>start</c> on a channel that is certainly idle, <c>stop</c> of a
/// test that is certainly ours.
/// </summary>
internal sealed class BtsChannel(
    ChannelId id, ChannelCapabilities capabilities, BtsSession session, BtsPages pages, BtsLiveView live, BtsShare share, BtsExecution execution) : IScheduledChannel
{
    /// <summary>Between two looks while something is to become true; the program's view may be 5 s old.</summary>
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(500);

    private const int Looks = 24;
    private const long LongestUploadNanoseconds = 60_000_000_000;
    private BtsSchedule? _schedule;

    public ChannelId Id { get; } = id;

    public ChannelCapabilities Capabilities { get; } = capabilities;

    /// <summary>Known once the instrument is initialized.</summary>
    public BtsPlace? Place { get; set; }

    private BtsPlace Where => Place ?? throw new InvalidOperationException($"{Id} was not initialized");

    /// <summary>The program's live view: four decimals, up to 5 s old.</summary>
    public Reading Read()
    {
        ref readonly var now = ref live.Read(Where, fresh: false, out var askedAt);
        return new Reading(askedAt, now.Volts, now.Amperes, now.Celsius, ReadingQuality.Valid);
    }

    public string? WhyNotReady(CompiledSchedule? schedule) => (WhyNotIdle() ?? share.WhyNotWritable(Id, schedule?.Text ?? "")) is { } why ? $"{Id}: {why}" : null;

    public string Start(CompiledSchedule schedule, string runId)
    {
        var compiled = (BtsSchedule)schedule;
        if (WhyNotIdle() is { } busy)
        {
            throw Refused(busy);
        }

        var before = pages.Upload(Id, Where).TestId;
        var path = share.Write(Id, runId, schedule.Text);
        execution.Begin(runId);
        if (!pages.Tell(Id, "start", BtsRequests.Start(Where, runId, path)))
        {
            throw Refused(
                $"the BTS program refuses to start '{path}' and gives no reason; the channel is now '{pages.Status(Id, Where)}'. Can it open that path on its own computer, does it take step files of this version?");
        }

        _schedule = compiled;
        execution.Know(runId, ConfirmStart(runId, before));
        return Ticket();
    }

    public bool Adopt(CompiledSchedule schedule, string runId, string? ticket, ScheduleProgress? reached)
    {
        _schedule = (BtsSchedule)schedule;
        var present = pages.Upload(Id, Where).TestId;
        var barcode = live.Read(Where, fresh: true, out _).Barcode;
        var isOurs = TestOf(ticket) is { } ours ? present == ours && (barcode.Length == 0 || barcode == runId) : barcode == runId;
        if (isOurs)
        {
            execution.Know(runId, present);
        }

        return isOurs;
    }

    public ScheduleFetch Fetch(long afterSequence, Span<ScheduleRow> rows)
    {
        if (_schedule is not { } schedule || execution.TestId is not { } testId)
        {
            throw Refused("nothing of ours was started or adopted here");
        }

        if (afterSequence != execution.LastSequence)
        {
            ReadAgain(schedule, testId, afterSequence);
        }

        var status = pages.Status(Id, Where);
        var upload = pages.Upload(Id, Where);
        var asked = Math.Min(rows.Length, BtsRequests.MostRows);
        var page = pages.Download(Id, Where, testId, afterSequence + 1, asked);
        var (count, lost) = Convert(page, schedule, afterSequence, rows);
        var (state, message) = upload.TestId != testId
            ? (ScheduleState.Displaced, string.Create(CultureInfo.InvariantCulture, $"the channel runs, or has run since, test {upload.TestId}, and ours is {testId}; nothing was written to it"))
            : Judge(status, upload);
        return new ScheduleFetch(count, page.Length == asked, state, lost, message);
    }

    public void OutputOff()
    {
        if (execution.RunId is null)
        {
            return; // Whatever runs here is not ours.
        }

        var told = false;
        for (var look = 0; look < Looks; look++)
        {
            var status = pages.Status(Id, Where);
            var upload = pages.Upload(Id, Where);
            if (!IsOurs(upload))
            {
                if (execution.TestId is not null)
                {
                    return; // Another test; it is not ours to stop.
                }
            }
            else if (BtsStatus.IsIdle(status) && (told || upload.IsComplete))
            {
                return;
            }
            else
            {
                _ = pages.Tell(Id, "stop", BtsRequests.Stop(Where)); // false where it has stopped meanwhile: the state tells.
                told = true;
                if (BtsStatus.IsIdle(pages.Status(Id, Where)))
                {
                    return;
                }
            }

            session.Pause(s_lookEvery);
        }

        if (told)
        {
            throw session.Unconfirmed("the BTS program was told to stop the channel, and does not say that it has; the output is unconfirmed", Id);
        }
    }

    /// <summary>Nothing: a schedule that is over has left the channel off.</summary>
    public void Release()
    {
    }

    /// <summary>Both of the program's views have to say so.</summary>
    private string? WhyNotIdle()
    {
        var status = pages.Status(Id, Where);
        var shown = live.Read(Where, fresh: true, out _).WorkStatus;
        return BtsStatus.IsIdle(status) && BtsStatus.IsIdle(shown)
            ? null
            : $"the BTS program says that it is '{status}' (live view: '{shown}'); it is started only on {BtsStatus.Idle}";
    }

    private long ConfirmStart(string runId, long before)
    {
        for (var look = 0; look < Looks; look++)
        {
            var status = pages.Status(Id, Where);
            var upload = pages.Upload(Id, Where);
            if (upload.TestId != before && live.Read(Where, fresh: true, out _).Barcode == runId && (status == BtsStatus.Working || upload.Count > 0))
            {
                return upload.TestId;
            }

            session.Pause(s_lookEvery);
        }

        throw session.Unconfirmed("the BTS program said that it started the channel, and shows no new test with our barcode; whether it runs is unknown", Id);
    }

    private bool IsOurs(in BtsUpload upload) =>
        execution.TestId is { } ours ? upload.TestId == ours : live.Read(Where, fresh: true, out _).Barcode == execution.RunId;

    /// <summary>The rows before, for what the second part of a step is counted on from.</summary>
    private void ReadAgain(BtsSchedule schedule, long testId, long upTo)
    {
        execution.Forget();
        while (execution.LastSequence < upTo)
        {
            var page = pages.Download(Id, Where, testId, execution.LastSequence + 1, (int)Math.Min(BtsRequests.MostRows, upTo - execution.LastSequence));
            var before = execution.LastSequence;
            foreach (ref readonly var row in page)
            {
                if (row.Sequence > execution.LastSequence && row.Sequence <= upTo)
                {
                    _ = execution.Convert(row, schedule);
                }
            }

            if (execution.LastSequence == before)
            {
                return;
            }
        }
    }

    private (int Count, long Lost) Convert(ReadOnlySpan<BtsRow> page, BtsSchedule schedule, long after, Span<ScheduleRow> rows)
    {
        var count = 0;
        var lost = 0L;
        foreach (ref readonly var row in page)
        {
            if (row.Sequence <= after)
            {
                continue;
            }

            lost += after == 0 ? 0 : row.Sequence - after - 1;
            after = row.Sequence;
            rows[count++] = execution.Convert(row, schedule);
        }

        return (count, lost);
    }

    /// <summary>An end counts when the record is complete, or does not become so for a minute.</summary>
    private (ScheduleState State, string? Message) Judge(string status, in BtsUpload upload)
    {
        var state = BtsStatus.Read(status);
        if (state is ScheduleState.Running or ScheduleState.Paused or ScheduleState.Unknown)
        {
            execution.OverSinceNanoseconds = null;
            return (state, state == ScheduleState.Running ? null : $"the BTS program says that the channel is '{status}'");
        }

        execution.OverSinceNanoseconds ??= session.NowNanoseconds;
        return upload.IsComplete || session.NowNanoseconds - execution.OverSinceNanoseconds > LongestUploadNanoseconds
            ? (state, BtsStatus.Words(state))
            : (ScheduleState.Running, null);
    }

    private string Ticket() => string.Create(CultureInfo.InvariantCulture, $"test {execution.TestId}");

    private static long? TestOf(string? ticket) =>
        ticket is not null && long.TryParse(ticket.AsSpan(ticket.LastIndexOf(' ') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var test) ? test : null;

    private InstrumentErrorException Refused(string what) =>
        new($"{Id}: {what}") { Instrument = Id.Instrument, Channel = Id, LastExchanges = session.LastExchanges() };
}
