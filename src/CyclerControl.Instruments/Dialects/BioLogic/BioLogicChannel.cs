using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.BioLogic.Library;
using CyclerControl.Instruments.Dialects.BioLogic.Records;
using CyclerControl.Instruments.Dialects.BioLogic.Techniques;

namespace CyclerControl.Instruments.Dialects.BioLogic;

/// <summary>
/// One channel that runs linked techniques by itself. Its data are taken out of its memory as they are read; it says STOP twice, with nothing left
/// to read, before that is believed. Called on the link's own thread.
/// </summary>
internal sealed class BioLogicChannel : IScheduledChannel
{
    private const int StopsBelieved = 2;
    private const int OffTries = 3;
    private const int OffQuestions = 50;
    private const int MostMessages = 16;
    private const int MostOldBlocks = 5000;

    private readonly EcLabConversation _conversation;
    private readonly byte _channel;
    private readonly TechniqueUpload _upload;
    private readonly uint[] _buffer = new uint[RecordBlock.Words];
    private readonly string _getData;
    private TechniqueSchedule? _schedule;
    private RowDecoder? _decoder;
    private SkippedStep? _skipped;
    private int _stops;
    private bool _stoppedByUs;

    /// <param name="index">The vendor's number of the channel, from 0.</param>
    /// <param name="files">Folder of the technique files.</param>
    public BioLogicChannel(ChannelId id, int index, ChannelCapabilities capabilities, EcLabConversation conversation, EcLabFamily family, string files)
    {
        Id = id;
        Capabilities = capabilities;
        _channel = (byte)index;
        _conversation = conversation;
        _upload = new TechniqueUpload(conversation, id, _channel, family) { Folder = files };
        _getData = $"BL_GetData({_channel})";
    }

    public ChannelId Id { get; }

    public ChannelCapabilities Capabilities { get; }

    public Reading Read()
    {
        var now = _conversation.Clock.NowNanoseconds;
        var values = Values(evenIfBroken: false);
        var isNumber = float.IsFinite(values.Ewe) && float.IsFinite(values.Current);
        return new Reading(now, values.Ewe, values.Current, null, isNumber ? ReadingQuality.Valid : ReadingQuality.Invalid);
    }

    public string Start(CompiledSchedule schedule, string runId)
    {
        var ours = Ours(schedule);
        var infos = Infos();
        _upload.CheckIdle(infos);
        _upload.CheckRanges(infos, ours);
        DropOldData();
        _upload.Load(ours);
        var loaded = Infos();
        if (loaded.NumberOfTechniques != ours.Techniques.Length)
        {
            throw _conversation.Refused(
                FormattableString.Invariant($"{ours.Techniques.Length} techniques were loaded, and the channel says {loaded.NumberOfTechniques}; nothing was started"), Id);
        }

        Follow(ours);
        _conversation.Must($"BL_StartChannel({_channel})", library => library.StartChannel(_conversation.Id, _channel), Id);
        _ = Messages();
        return Ticket(loaded);
    }

    public bool Adopt(CompiledSchedule schedule, string runId, string? ticket)
    {
        var ours = Ours(schedule);
        var infos = Infos();
        if (infos.FirmwareCode != EcLabFamilies.KernelFirmware
            || infos.NumberOfTechniques != ours.Techniques.Length
            || (ticket is not null && ticket != Ticket(infos)))
        {
            return false;
        }

        _upload.AskBoard();
        Follow(ours);
        return true;
    }

    public ScheduleFetch Fetch(long afterSequence, Span<ScheduleRow> rows)
    {
        var (schedule, decoder) = (_schedule, _decoder) is ({ } s, { } d) ? (s, d) : throw new InvalidOperationException($"{Id} follows no schedule");
        DataInfos infos = default;
        CurrentValues values = default;
        _conversation.Must(_getData, library => library.GetData(_conversation.Id, _channel, _buffer, out infos, out values), Id);
        if (infos.Rows != 0 && decoder.Foreign(infos) is { } foreign)
        {
            return new ScheduleFetch(0, false, ScheduleState.Displaced, 0, foreign);
        }

        if (infos.Rows != 0 && decoder.Garbled(infos) is { } garbled)
        {
            throw _conversation.Break($"{_getData} brought {garbled}", Id);
        }

        var count = decoder.Decode(_conversation.Library, _upload.Board, _buffer, infos, values.TimeBase, afterSequence, rows);
        var lost = Math.Max(0, infos.IrqSkipped);
        var trouble = PutBack(decoder);
        if (count > 0)
        {
            _stops = 0;
            return new ScheduleFetch(count, true, ScheduleState.Running, lost, trouble);
        }

        return State(schedule, decoder, (ChannelState)values.State, lost, Join(Messages(), trouble));
    }

    public void Skip()
    {
        if (_schedule is not { } schedule || _decoder?.Clock.Technique is not { } present)
        {
            throw _conversation.Refused("no row of the present step has come yet, so it is not known which one it is; try again in a moment", Id);
        }

        var skipped = new SkippedStep(schedule, schedule.Techniques[present].Step!.Value, _decoder.Clock.Pass, present);
        foreach (var (index, parameters) in skipped.Shortened())
        {
            _upload.Update(schedule, index, parameters);
        }

        _skipped = skipped.MustBePutBack ? skipped : null;
    }

    public void OutputOff()
    {
        InstrumentException? last = null;
        for (var attempt = 0; attempt < OffTries; attempt++)
        {
            try
            {
                if (IsOff())
                {
                    _stoppedByUs = true;
                    return;
                }
            }
            catch (InstrumentException failure)
            {
                last = failure;
            }
        }

        throw new LinkFaultException(
            $"OUTPUT UNCONFIRMED: {Id} did not confirm that it has stopped; stop it at the instrument, or power it off. {last?.Message}", last)
        {
            Instrument = _conversation.Instrument,
            Channel = Id,
            LastExchanges = _conversation.LastExchanges(),
        };
    }

    public void Release()
    {
        // The techniques have ended or were stopped; there is no watchdog to disarm.
    }

    internal ChannelInfos Infos()
    {
        ChannelInfos infos = default;
        _conversation.Must($"BL_GetChannelInfos({_channel})", library => library.GetChannelInfos(_conversation.Id, _channel, out infos), Id);
        return infos;
    }

    private bool IsOff()
    {
        var stop = $"BL_StopChannel({_channel})";
        var code = _conversation.Call(stop, library => library.StopChannel(_conversation.Id, _channel), Id, evenIfBroken: true);
        for (var question = 0; question < OffQuestions; question++)
        {
            if (Values(evenIfBroken: true).State == (int)ChannelState.Stop)
            {
                return true;
            }
        }

        return code < 0 ? throw _conversation.Refused(stop, code, Id) : false;
    }

    private CurrentValues Values(bool evenIfBroken)
    {
        CurrentValues values = default;
        var what = $"BL_GetCurrentValues({_channel})";
        var code = _conversation.Call(what, library => library.GetCurrentValues(_conversation.Id, _channel, out values), Id, evenIfBroken: evenIfBroken);
        return code < 0 ? throw _conversation.Refused(what, code, Id) : values;
    }

    private ScheduleFetch State(TechniqueSchedule schedule, RowDecoder decoder, ChannelState state, long lost, string? messages)
    {
        _stops = state == ChannelState.Stop ? _stops + 1 : 0;
        switch (state)
        {
            case ChannelState.Run:
                return new ScheduleFetch(0, false, ScheduleState.Running, lost, messages);
            case ChannelState.Pause:
                return new ScheduleFetch(0, false, ScheduleState.Paused, lost, messages);
            case ChannelState.Stop when _stops < StopsBelieved:
                return new ScheduleFetch(0, true, ScheduleState.Running, lost, messages);
            case ChannelState.Stop when _stoppedByUs:
                return new ScheduleFetch(0, false, ScheduleState.Stopped, lost, Join("stopped by this program", messages));
            case ChannelState.Stop:
                var (why, words) = StopReason.Of(schedule, decoder.Clock.Technique, decoder.Clock.TechniqueSeconds, decoder.LastVolts, decoder.LastAmperes);
                return new ScheduleFetch(0, false, why, lost, Join(words, messages));
            default:
                return new ScheduleFetch(0, false, ScheduleState.Unknown, lost, Join($"state {(int)state}", messages));
        }
    }

    private void Follow(TechniqueSchedule schedule)
    {
        _schedule = schedule;
        _decoder = new RowDecoder(schedule);
        _skipped = null;
        _stops = 0;
        _stoppedByUs = false;
    }

    /// <summary>A step that was cut short comes again in the next pass, and then has its own time.</summary>
    private string? PutBack(RowDecoder decoder)
    {
        if (_skipped is not { } skipped || !skipped.IsOver(decoder.Clock))
        {
            return null;
        }

        try
        {
            foreach (var (index, parameters) in skipped.Originals())
            {
                _upload.Update(_schedule!, index, parameters);
            }

            _skipped = null;
            return null;
        }
        catch (InstrumentErrorException refused)
        {
            return $"the skipped step still has its shortened time: {refused.Message}";
        }
    }

    private void DropOldData()
    {
        DataInfos infos = default;
        var blocks = 0;
        do
        {
            _conversation.Must(_getData, library => library.GetData(_conversation.Id, _channel, _buffer, out infos, out _), Id);
        }
        while (infos.Rows > 0 && ++blocks < MostOldBlocks);
    }

    private string? Messages()
    {
        string? all = null;
        for (var i = 0; i < MostMessages; i++)
        {
            string? message = null;
            _ = _conversation.Call($"BL_GetMessage({_channel})", library => library.GetMessage(_conversation.Id, _channel, out message), Id);
            if (message is null)
            {
                break;
            }

            _conversation.Note(message);
            all = Join(all, message.Trim());
        }

        return all;
    }

    private static TechniqueSchedule Ours(CompiledSchedule schedule) =>
        schedule as TechniqueSchedule ?? throw new ArgumentException("made by another instrument's compiler", nameof(schedule));

    private static string Ticket(in ChannelInfos infos) => FormattableString.Invariant($"board {infos.BoardSerialNumber}, {infos.NumberOfTechniques} techniques");

    private static string? Join(string? one, string? other) => one is null ? other : other is null ? one : $"{one}; {other}";

    private enum ChannelState
    {
        Stop = 0,
        Run = 1,
        Pause = 2,
    }
}
