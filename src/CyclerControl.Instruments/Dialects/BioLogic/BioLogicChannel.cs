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
    private const int MostWrites = 4;

    private readonly EcLabConversation _conversation;
    private readonly byte _channel;
    private readonly TechniqueUpload _upload;
    private readonly uint[] _buffer = new uint[RecordBlock.Words];
    private readonly string _getData;
    private readonly EcLabExecution _execution;
    private int _stops;
    private bool _isInRound;

    /// <param name="index">The vendor's number of the channel, from 0.</param>
    /// <param name="files">Folder of the technique files.</param>
    /// <param name="execution">Kept from connection to connection.</param>
    public BioLogicChannel(
        ChannelId id, int index, ChannelCapabilities capabilities, EcLabConversation conversation, EcLabFamily family, string files, EcLabExecution execution)
    {
        _execution = execution;
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

    public string? WhyNotReady(CompiledSchedule? schedule) =>
        TechniqueUpload.WhyNot(Infos(), schedule is null ? null : Ours(schedule)) is { } why ? $"{Id}: {why}" : null;

    public string Start(CompiledSchedule schedule, string runId)
    {
        var ours = Ours(schedule);
        _upload.Check(Infos(), ours);
        DropOldData();
        _execution.Begin(ours, runId, fromStart: true);
        _stops = 0;
        _upload.Load(ours);
        var loaded = Infos();
        if (loaded.NumberOfTechniques != ours.Techniques.Length)
        {
            throw _conversation.Refused(
                FormattableString.Invariant($"{ours.Techniques.Length} techniques were loaded, and the channel says {loaded.NumberOfTechniques}; nothing was started"), Id);
        }

        _conversation.Must($"BL_StartChannel({_channel})", library => library.StartChannel(_conversation.Id, _channel), Id);
        Remember();
        _ = Messages();
        return Ticket(loaded);
    }

    public bool Adopt(CompiledSchedule schedule, string runId, string? ticket, ScheduleProgress? reached)
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
        _stops = 0;
        if (!_execution.Is(ours, runId))
        {
            _execution.Begin(ours, runId, fromStart: false, reached);
            _execution.Techniques = infos.NumberOfTechniques;
        }

        return true;
    }

    public ScheduleFetch Fetch(long afterSequence, Span<ScheduleRow> rows)
    {
        var (schedule, decoder) = (_execution.Schedule, _execution.Decoder) is ({ } s, { } d) ? (s, d) : throw new InvalidOperationException($"{Id} follows no schedule");
        // Before anything is taken out of its memory: it may be somebody else's by now.
        if (!_isInRound && WhyAnothers(schedule, Infos()) is { } other)
        {
            return Displaced(other);
        }

        DataInfos infos = default;
        CurrentValues values = default;
        _conversation.Must(_getData, library => library.GetData(_conversation.Id, _channel, _buffer, out infos, out values), Id);
        if (infos.Rows != 0 && decoder.Foreign(infos) is { } foreign)
        {
            return Displaced(foreign);
        }

        if (infos.Rows != 0 && decoder.Garbled(infos, values.TimeBase) is { } garbled)
        {
            throw _conversation.Break($"{_getData} brought {garbled}", Id);
        }

        var count = decoder.Decode(_conversation.Library, _upload.Board, _buffer, infos, values.TimeBase, afterSequence, rows);
        var lost = Math.Max(0, infos.IrqSkipped);
        var trouble = PutBack(schedule, decoder);
        if (count > 0)
        {
            (_stops, _isInRound) = (0, true);
            return new ScheduleFetch(count, true, ScheduleState.Running, lost, null, trouble);
        }

        // Up to date, and not before: what is written is never the technique that runs.
        var runs = (ChannelState)values.State == ChannelState.Run && decoder.Astray is null;
        trouble = Join(trouble, runs ? WriteOn(schedule, decoder) : null);
        var state = State(schedule, decoder, (ChannelState)values.State, lost, Messages()) with { Trouble = trouble };
        _isInRound = state.More;
        return state;
    }

    public void Skip()
    {
        if (_execution.Schedule is not { } schedule || _execution.Decoder?.Clock.Technique is not { } present)
        {
            throw _conversation.Refused("no row of the present step has come yet, so it is not known which one it is; try again in a moment", Id);
        }

        var skipped = new SkippedStep(schedule, _execution.Decoder, present);
        foreach (var (index, parameters) in skipped.Shortened())
        {
            _upload.Update(schedule, index, parameters);
        }

        _execution.Skipped = skipped.MustBePutBack ? skipped : null;
    }

    public void OutputOff()
    {
        if (_execution.Schedule is not { } ours || _execution.IsDisplaced || IsAnothers(ours))
        {
            return; // Whatever runs here is not ours to stop.
        }

        InstrumentException? last = null;
        for (var attempt = 0; attempt < OffTries; attempt++)
        {
            try
            {
                if (IsOff())
                {
                    _execution.IsStoppedByUs = true;
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

    /// <summary>Where the channel does not say, it is still ours.</summary>
    private bool IsAnothers(TechniqueSchedule ours)
    {
        ChannelInfos infos = default;
        try
        {
            var code = _conversation.Call(
                $"BL_GetChannelInfos({_channel})", library => library.GetChannelInfos(_conversation.Id, _channel, out infos), Id, evenIfBroken: true);
            return code >= 0 && WhyAnothers(ours, infos) is not null;
        }
        catch (LinkFaultException)
        {
            return false;
        }
    }

    /// <summary>Why what the channel has is not what we have loaded; null: nothing speaks against it.</summary>
    private string? WhyAnothers(TechniqueSchedule ours, in ChannelInfos infos) => infos switch
    {
        { FirmwareCode: not EcLabFamilies.KernelFirmware } => FormattableString.Invariant(
            $"the channel has firmware {infos.FirmwareCode}, not the one that ran our techniques (5): it was switched off and on, or another program has it"),
        { NumberOfTechniques: var there } when there != ours.Techniques.Length && there != (_execution.Techniques ?? there) => FormattableString.Invariant(
            $"the channel has {there} techniques, and ours are {ours.Techniques.Length}: another program has loaded them"),
        _ => null,
    };

    private ScheduleFetch Displaced(string why)
    {
        _execution.IsDisplaced = true;
        return new ScheduleFetch(0, false, ScheduleState.Displaced, 0, why);
    }

    /// <summary>From here on it runs: nothing that is answered makes a refusal of that.</summary>
    private void Remember()
    {
        ChannelInfos infos = default;
        if (_conversation.Call($"BL_GetChannelInfos({_channel})", library => library.GetChannelInfos(_conversation.Id, _channel, out infos), Id) >= 0)
        {
            _execution.Techniques = infos.NumberOfTechniques;
        }
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
            case ChannelState.Run or ChannelState.Pause when decoder.Astray is { } astray:
                return new ScheduleFetch(0, false, ScheduleState.Astray, lost, Join(astray, messages));
            case ChannelState.Run:
                return new ScheduleFetch(0, false, ScheduleState.Running, lost, messages);
            case ChannelState.Pause:
                return new ScheduleFetch(0, false, ScheduleState.Paused, lost, Join("somebody has paused the channel at the instrument", messages));
            case ChannelState.Stop when _stops < StopsBelieved:
                return new ScheduleFetch(0, true, ScheduleState.Running, lost, messages);
            case ChannelState.Stop when _execution.IsStoppedByUs:
                return new ScheduleFetch(0, false, ScheduleState.Stopped, lost, Join("stopped by this program", messages));
            case ChannelState.Stop:
                var (why, words) = StopReason.Of(schedule, decoder);
                return new ScheduleFetch(0, false, why, lost, Join(words, messages));
            default:
                return new ScheduleFetch(0, false, ScheduleState.Unknown, lost, Join($"state {(int)state}", messages));
        }
    }

    /// <summary>A step that was cut short comes again in the next pass, and then has its own time.</summary>
    private string? PutBack(TechniqueSchedule schedule, RowDecoder decoder)
    {
        if (_execution.Skipped is not { } skipped || !skipped.IsOver(decoder.Clock))
        {
            return null;
        }

        if (!skipped.MayComeAgain)
        {
            _execution.Skipped = null;
            return null;
        }

        try
        {
            foreach (var (index, parameters) in skipped.Originals())
            {
                _upload.Update(schedule, index, parameters);
            }

            _execution.Skipped = null;
            return null;
        }
        catch (InstrumentErrorException refused)
        {
            return $"the skipped step still has its shortened time: {refused.Message}";
        }
    }

    /// <summary>Of a ramp that the channel does not hold whole: a few places a turn, so that nothing else waits long.</summary>
    private string? WriteOn(TechniqueSchedule schedule, RowDecoder decoder)
    {
        try
        {
            for (var writes = 0; writes < MostWrites && decoder.Clock.Technique is { } present && decoder.RampAt(present) is { } ramp && ramp.Next() is { } write; writes++)
            {
                ramp.Begin(write);
                foreach (var (index, parameters) in write.Updates)
                {
                    _upload.Update(schedule, index, parameters);
                }

                ramp.Done(write);
            }

            return null;
        }
        catch (InstrumentErrorException refused)
        {
            return $"the ramp was not written on, which is tried again; where that fails for long, the instrument stops by itself behind the levels that it has: {refused.Message}";
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
