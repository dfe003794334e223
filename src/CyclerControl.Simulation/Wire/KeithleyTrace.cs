using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.Wire;

/// <summary>
/// The default buffer and the simple loop of a 2450: a ring that is used again, filled while the loop runs. A new set-point
/// while it runs is refused, so that nobody relies on what the manual leaves open; off is always obeyed.
/// </summary>
internal static class KeithleyTrace
{
    private const int Bits = 6;
    private const int Clear = Mnemonic.Trace | (Mnemonic.Clear << Bits);
    private const int Points = Mnemonic.Trace | (Mnemonic.Points << Bits);
    private const int FillMode = Mnemonic.Trace | (Mnemonic.Fill << Bits) | (Mnemonic.Mode << (2 * Bits));
    private const int ActualEnd = Mnemonic.Trace | (Mnemonic.Actual << Bits) | (Mnemonic.End << (2 * Bits));
    private const int Data = Mnemonic.Trace | (Mnemonic.Data << Bits);
    private const int Load = Mnemonic.Trigger | (Mnemonic.Load << Bits);
    private const int Initiate = Mnemonic.Initiate;
    private const int Abort = Mnemonic.Abort;

    public static ScpiError? Set(in ScpiCommand command, SimulatedChannel channel)
    {
        var rest = command.Parameters;
        switch (command.Path)
        {
            case Clear:
                channel.Trace.Clear();
                return ScpiError.None;
            case FillMode:
                var mode = Next(ref rest);
                return Parameter.Is(mode, "CONT"u8) || Parameter.Is(mode, "CONTINUOUS"u8) ? ScpiError.None : ScpiError.DataType;
            case Points:
                var wrong = Parameter.Number(Next(ref rest), out var size);
                return wrong != ScpiError.None ? wrong : (ScpiError)(int)channel.Trace.Resize(size);
            case Load:
                return LoadLoop(rest, channel);
            case Initiate:
                channel.RunTrace(true);
                return ScpiError.None;
            case Abort:
                channel.RunTrace(false);
                return ScpiError.None;
            default:
                return null;
        }
    }

    /// <summary>The elements in the order asked for, reading by reading.</summary>
    public static ScpiError? Answer(in ScpiCommand command, SimulatedChannel channel, bool sensesCurrent, Reply reply)
    {
        var trace = channel.Trace;
        if (command.Path == Points)
        {
            reply.Integer(trace.Size);
            return ScpiError.None;
        }

        if (command.Path == ActualEnd)
        {
            reply.Integer(trace.Total == 0 ? 0 : (int)((trace.Total - 1) % trace.Size) + 1);
            return ScpiError.None;
        }

        return command.Path == Data ? Write(command.Parameters, channel, sensesCurrent, reply) : null;
    }

    // TRAC:DATA? 1, 10, "defbuffer1", READ, SOUR, REL
    private static ScpiError Write(ReadOnlySpan<byte> rest, SimulatedChannel channel, bool sensesCurrent, Reply reply)
    {
        var trace = channel.Trace;
        if (Parameter.Number(Next(ref rest), out var first) is var error && error != ScpiError.None)
        {
            return error;
        }

        if (Parameter.Number(Next(ref rest), out var last) is var wrong && wrong != ScpiError.None)
        {
            return wrong;
        }

        if (first < 1 || last < first || last > Math.Min(trace.Size, trace.Total))
        {
            return ScpiError.DataOutOfRange;
        }

        if (Next(ref rest) is not [(byte)'"', ..])
        {
            return ScpiError.DataType;
        }

        for (var place = (int)first; place <= (int)last; place++)
        {
            // Places are counted from the start of the ring; the oldest reading that is left stands behind the newest.
            var oldest = trace.Total - trace.Count;
            var number = ((trace.Total - place) / trace.Size * trace.Size) + place - 1;
            var reading = trace[(int)(number - oldest)];
            var elements = rest;
            while (!elements.IsEmpty)
            {
                if (place > (int)first || elements.Length != rest.Length)
                {
                    reply.Byte((byte)',');
                }

                if (Element(Next(ref elements), reading, channel, sensesCurrent, reply) is var bad && bad != ScpiError.None)
                {
                    return bad;
                }
            }
        }

        return ScpiError.None;
    }

    private static ScpiError Element(ReadOnlySpan<byte> element, TraceReading reading, SimulatedChannel channel, bool sensesCurrent, Reply reply)
    {
        if (Parameter.Is(element, "READ"u8))
        {
            reply.Number(sensesCurrent ? reading.Amperes : reading.Volts);
        }
        else if (Parameter.Is(element, "SOUR"u8))
        {
            reply.Number(channel.Function == OutputFunction.Current ? reading.Amperes : reading.Volts);
        }
        else if (Parameter.Is(element, "REL"u8))
        {
            reply.Number(reading.Seconds);
        }
        else
        {
            return ScpiError.DataType;
        }

        return ScpiError.None;
    }

    // TRIG:LOAD "SimpleLoop", count, delay, "defbuffer1"
    private static ScpiError LoadLoop(ReadOnlySpan<byte> rest, SimulatedChannel channel)
    {
        if (!Parameter.Is(Next(ref rest), "\"SIMPLELOOP\""u8))
        {
            return ScpiError.DataType;
        }

        var error = Parameter.Number(Next(ref rest), out _);
        return error != ScpiError.None ? error
            : Parameter.Number(Next(ref rest), out var delay) is var wrong && wrong != ScpiError.None ? wrong
            : (ScpiError)(int)channel.Trace.SetInterval(delay);
    }

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest)
    {
        var comma = rest.IndexOf((byte)',');
        var part = (comma < 0 ? rest : rest[..comma]).Trim(" \t"u8);
        rest = comma < 0 ? default : rest[(comma + 1)..];
        return part;
    }
}
