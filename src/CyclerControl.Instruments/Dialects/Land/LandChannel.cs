using System.Globalization;
using CyclerControl.Core.Channels;

namespace CyclerControl.Instruments.Dialects.Land;

/// <summary>
/// One channel that the LAND software runs and records. Only its files are read: it can be neither started nor stopped, and what a run of ours starts is the watch.
/// </summary>
internal sealed class LandChannel(ChannelId id, ChannelCapabilities capabilities, LandSettings settings, LandShelf shelf, IClock clock) : IScheduledChannel
{
    /// <summary>Records of one look.</summary>
    public const int PageRows = 1000;

    /// <summary>A file is silent after so many times the distance of its last records, if that is longer than the profile's time.</summary>
    private const int SilentAfterPeriods = 3;

    /// <summary>A file that grows is the present one; only then is the folder looked through.</summary>
    private const double LookForNewerSeconds = 30;

    private readonly LandRow[] _page = new LandRow[PageRows];
    private LandFile? _file;
    private LandSteps? _steps;
    private LandRow _last;
    private double _periodSeconds;
    private long _read;
    private long _given;
    private long _grownAt;
    private LandFile? _shown;
    private long _shownRead;
    private LandRow _shownLast;

    public ChannelId Id { get; } = id;

    public ChannelCapabilities Capabilities { get; } = capabilities;

    /// <summary>A current of so many counts may be none, A.</summary>
    private double LeastAmperes => 4 * (Capabilities.CurrentRanges.IsEmpty ? settings.AmperesPerCount : Capabilities.CurrentRanges[0].ResolutionAmperes);

    /// <summary>The last record of the channel's newest file.</summary>
    public Reading Read()
    {
        if (_shown is null || shelf.NewestName(Id) != _shown.Name)
        {
            _shown = shelf.Newest(Id, out _);
            _shownRead = 0;
        }

        LandPage page;
        do
        {
            page = _shown.Read(_shownRead, _page);
            if (page.Count > 0)
            {
                _shownLast = _page[page.Count - 1];
                _shownRead = _shownLast.Number;
            }
        }
        while (page.More);
        Check(page);
        return _shownRead == 0
            ? throw Refused($"'{_shown.Name}' has no record yet")
            : new Reading(clock.NowNanoseconds, _shownLast.Volts, _shownLast.Amperes, null, ReadingQuality.Valid);
    }

    /// <summary>Begins to watch the newest file of the channel, from its first record on.</summary>
    public string Start(CompiledSchedule schedule, string runId)
    {
        Watch(shelf.Newest(Id, out var ticket));
        return ticket;
    }

    public bool Adopt(CompiledSchedule schedule, string runId, string? ticket, ScheduleProgress? reached)
    {
        var file = ticket is null ? shelf.Newest(Id, out _) : shelf.Find(Id, ticket);
        if (file is not null)
        {
            Watch(file);
        }

        return file is not null;
    }

    public ScheduleFetch Fetch(long afterSequence, Span<ScheduleRow> rows)
    {
        var file = _file ?? throw Refused("no file of this channel is watched");
        if (afterSequence < _given)
        {
            (_steps, _read, _given) = (new LandSteps(LeastAmperes), 0, 0);
        }

        var page = file.Read(_read, _page.AsSpan(0, Math.Min(_page.Length, rows.Length - LandSteps.MostWaiting)));
        foreach (ref readonly var row in _page.AsSpan(0, page.Count))
        {
            _periodSeconds = row.StepSeconds > _last.StepSeconds ? row.StepSeconds - _last.StepSeconds : _periodSeconds;
            _last = row;
            _steps!.Add(row);
        }

        if (page.Count > 0)
        {
            _read = _last.Number;
            _grownAt = clock.NowNanoseconds;
        }

        if (page.Count == 0)
        {
            Check(page); // What is sound before the place that is not is given first.
        }

        var (state, message) = page.More || page.State == LandFileState.Unreadable ? (ScheduleState.Running, null) : Judge(file, page);
        if (state != ScheduleState.Running)
        {
            _steps!.GiveUpWaiting();
        }

        var count = 0;
        while (count < rows.Length && _steps!.TryTake(out var row))
        {
            if (row.Sequence > afterSequence)
            {
                rows[count++] = row;
            }

            _given = row.Sequence;
        }

        return new ScheduleFetch(count, page.More, state, 0, message);
    }

    /// <exception cref="InvalidOperationException">Always: there is no way to do it, and nobody may believe that there is.</exception>
    public void OutputOff() => throw new InvalidOperationException($"{Id} is watched only and cannot be switched off");

    /// <summary>Nothing: it is not ours.</summary>
    public void Release()
    {
    }

    private void Watch(LandFile file)
    {
        (_file, _steps, _read, _given, _last, _periodSeconds) = (file, new LandSteps(LeastAmperes), 0, 0, default, 0);
        _grownAt = clock.NowNanoseconds;
    }

    private (ScheduleState State, string? Message) Judge(LandFile file, in LandPage page)
    {
        if (page.State != LandFileState.Growing)
        {
            return (page.State == LandFileState.Replaced ? ScheduleState.Displaced : ScheduleState.Stopped, page.Message);
        }

        var still = (clock.NowNanoseconds - _grownAt) * 1e-9;
        if (page.Count == 0 && still >= LookForNewerSeconds && shelf.NewestName(Id) is { } newest && newest != file.Name)
        {
            return (ScheduleState.Stopped, $"the channel has a newer test, '{newest}': that of '{file.Name}' is over");
        }

        var silence = Math.Max(settings.SilentAfter.TotalSeconds, SilentAfterPeriods * _periodSeconds);
        return still > silence
            ? (ScheduleState.Silent, string.Create(
                CultureInfo.InvariantCulture,
                $"'{file.Name}' has not grown for {silence:0} s, and does not say why: the test is over, or the instrument's software or its computer stands still. Its last record: {_last.Volts:0.####} V, {_last.Amperes * 1000:0.####} mA"))
            : (ScheduleState.Running, null);
    }

    /// <summary>A folder that is away is a broken link; a file that makes no sense is an error of the instrument.</summary>
    private void Check(in LandPage page)
    {
        switch (page.State)
        {
            case LandFileState.Unreachable:
                throw new LinkFaultException($"{Id}: {page.Message}") { Instrument = Id.Instrument, Channel = Id };
            case LandFileState.Unreadable:
                throw Refused(page.Message ?? "its file cannot be read");
            default:
                break;
        }
    }

    private InstrumentErrorException Refused(string what) => new($"{Id}: {what}") { Instrument = Id.Instrument, Channel = Id };
}
