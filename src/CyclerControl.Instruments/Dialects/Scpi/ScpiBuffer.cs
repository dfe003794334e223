using System.Globalization;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Sessions;

namespace CyclerControl.Instruments.Dialects.Scpi;

/// <summary>One channel's buffer in the instrument, used again and again. Called on the link's own thread.</summary>
internal sealed class ScpiBuffer(ScpiConversation conversation, ScpiBufferQuery query, InvalidReadings invalid, ChannelId channel)
{
    private readonly ScpiBufferQuery _query = query.ForChannel(channel.Number);
    private readonly int[] _places = new int[2];
    private int _last;
    private long _taken;
    private double _periodSeconds;
    private long _emptiedAt;

    public bool IsRunning { get; private set; }

    /// <summary>Counts the starts.</summary>
    public int Epoch { get; private set; }

    public bool StopsForSetpoint => _query.StopsForSetpoint;

    public void Start(double periodSeconds)
    {
        IsRunning = false;
        _periodSeconds = periodSeconds;
        _last = 0;
        _taken = 0;
        Epoch++;
        conversation.Send(_query.Start, periodSeconds, channel: channel);
        _emptiedAt = conversation.Session.SentAtNanoseconds;
        IsRunning = true;
    }

    /// <summary>Begins again where it was stopped for a set-point.</summary>
    public void Restart() => Start(_periodSeconds);

    public void Stop()
    {
        IsRunning = false;
        conversation.Send(_query.Stop, channel: channel);
    }

    /// <summary>Whatever ran has ended with the output, or may have.</summary>
    public void Forget() => IsRunning = false;

    public BlockFetch Fetch(Span<BufferedReading> readings)
    {
        var session = conversation.Session;
        var overflowed = _query.Overflow is { } overflow && !overflow.Expect.Matches(conversation.Ask(overflow.Send));
        var emptied = long.MinValue;
        if (_query.End is { } end)
        {
            var newest = Place(conversation.Ask(end), session);
            emptied = session.SentAtNanoseconds;
            if (newest == _last)
            {
                return new BlockFetch(0, overflowed, Epoch, _emptiedAt, session.ReceivedAtNanoseconds);
            }

            // Around the end of the ring in two turns: the rest of it now, its beginning with the next fetch.
            _places[0] = _last == _query.Size ? 1 : _last + 1;
            _places[1] = newest >= _places[0] ? newest : _query.Size;
            emptied = _places[1] == newest ? emptied : _emptiedAt;
        }

        _query.Send.Write(session.Begin(), 0, _places);
        var block = _query.Layout.Coding == BlockCoding.Ascii ? session.Exchange() : session.ExchangeBlock();
        var count = Count(block, readings);
        var after = _emptiedAt;
        _emptiedAt = _query.End is null ? session.SentAtNanoseconds : emptied;
        _last = _places[1];
        _taken += count;
        return new BlockFetch(count, overflowed, Epoch, after, session.ReceivedAtNanoseconds);
    }

    private int Count(ReadOnlySpan<byte> block, Span<BufferedReading> readings)
    {
        if (BlockDecoder.Decode(block, _query.Layout, invalid, readings) is not { } count
            || (_query.End is not null && count != _places[1] - _places[0] + 1))
        {
            throw conversation.Session.Garbled($"a block of at most {_query.Size} readings ({_query.Layout.Coding})", block[..Math.Min(block.Length, 80)], channel);
        }

        for (var i = 0; i < count && !_query.Layout.HasTime; i++)
        {
            readings[i] = readings[i] with { InstrumentSeconds = (_taken + i) * _periodSeconds };
        }

        return count;
    }

    private int Place(ReadOnlySpan<byte> reply, LinkSession session) =>
        int.TryParse(reply.Trim(" \t"u8), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var place) && place >= 0 && place <= _query.Size
            ? place
            : throw session.Garbled($"a place from 0 to {_query.Size}", reply, channel);
}
