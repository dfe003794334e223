using CyclerControl.Simulation.Randomness;

namespace CyclerControl.Simulation.Wire.Faults;

/// <summary>What becomes of one reply.</summary>
/// <param name="Wait">Before it is sent.</param>
/// <param name="Length">How many of its bytes are sent.</param>
/// <param name="IsCut">The line is gone behind them.</param>
public readonly record struct FaultedReply(TimeSpan Wait, int Length, bool IsCut);

/// <summary>Spoils every n-th reply of an instrument, on whichever connection. Any thread. It runs on real time, like sockets and their timeouts.</summary>
public sealed class FaultPlan
{
    /// <summary>How late a late reply is.</summary>
    public static readonly TimeSpan Lateness = TimeSpan.FromSeconds(5);

    /// <summary>How long frozen firmware hangs.</summary>
    public static readonly TimeSpan FrozenTime = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private Draws _draws;
    private long _replies;
    private long? _frozenAt;

    /// <param name="every">Every so-manieth reply is spoiled; 1 or more.</param>
    /// <param name="seed">Of what garbled bytes become.</param>
    public FaultPlan(WireFault fault, int every, TimeProvider time, long seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        Fault = fault;
        Every = every;
        _time = time;
        _draws = new Draws(seed, StreamPurpose.Injection);
    }

    public WireFault Fault { get; }

    /// <summary>How late a late reply is here.</summary>
    public TimeSpan Late { get; init; } = Lateness;

    public int Every { get; }

    /// <summary>True while nothing that arrives is heard.</summary>
    public bool IsFrozen
    {
        get
        {
            lock (_gate)
            {
                return _frozenAt is { } since && _time.GetElapsedTime(since) < FrozenTime;
            }
        }
    }

    /// <param name="reply">With its terminator; spoiled in place.</param>
    public FaultedReply Spoil(Span<byte> reply)
    {
        lock (_gate)
        {
            if (++_replies % Every != 0)
            {
                return new FaultedReply(TimeSpan.Zero, reply.Length, false);
            }

            switch (Fault)
            {
                case WireFault.Late:
                    return new FaultedReply(Late, reply.Length, false);
                case WireFault.Drop:
                    return new FaultedReply(TimeSpan.Zero, reply.Length / 2, true);
                case WireFault.Freeze:
                    _frozenAt = _time.GetTimestamp();
                    return default;
                case WireFault.Garble:
                    Garble(reply);
                    break;
                default:
                    Lie(reply);
                    break;
            }

            return new FaultedReply(TimeSpan.Zero, reply.Length, false);
        }
    }

    // Printable, so that no terminator comes into being; at least one is no digit.
    private void Garble(Span<byte> reply)
    {
        for (var i = 0; i < reply.Length - 1; i += 3)
        {
            reply[i] = i == 0 ? (byte)'~' : (byte)(33 + (int)(_draws.NextUniform() * 90));
        }
    }

    // The first digit of a number becomes another one. Names are left alone: that would be another instrument.
    private static void Lie(Span<byte> reply)
    {
        foreach (var letter in reply)
        {
            if (char.IsAsciiLetter((char)letter) && letter != (byte)'E')
            {
                return;
            }
        }

        var digit = reply.IndexOfAnyInRange((byte)'0', (byte)'9');
        if (digit >= 0)
        {
            reply[digit] = (byte)('0' + ((reply[digit] - '0' + 1) % 10));
        }
    }
}
