using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.Wire;

/// <summary>
/// The trace commands of the simulated cycler: <c>TRAC:INT</c>, <c>TRAC:POIN</c>, <c>TRAC:CLE</c>, <c>TRAC:STAT</c>, <c>TRAC:ACT?</c>,
/// <c>TRAC:OVER?</c> (reads and clears) and <c>TRAC:REM?</c> (hands over and removes), each with its channels; <c>FORM</c> without.
/// </summary>
internal sealed class CyclerTrace
{
    private const int Bits = 6;
    private const int Interval = Mnemonic.Trace | (Mnemonic.Interval << Bits);
    private const int Points = Mnemonic.Trace | (Mnemonic.Points << Bits);
    private const int Clear = Mnemonic.Trace | (Mnemonic.Clear << Bits);
    private const int State = Mnemonic.Trace | (Mnemonic.State << Bits);
    private const int Actual = Mnemonic.Trace | (Mnemonic.Actual << Bits);
    private const int Overflow = Mnemonic.Trace | (Mnemonic.Overflow << Bits);
    private const int Remove = Mnemonic.Trace | (Mnemonic.Remove << Bits);
    private const int Format = Mnemonic.Format;
    private const int FormatData = Mnemonic.Format | (Mnemonic.Data << Bits);
    private const int Border = Mnemonic.Format | (Mnemonic.Border << Bits);
    private readonly TraceFormat _format = new();

    public static bool IsKnown(int path, bool isQuery) => path switch
    {
        Actual or Overflow or Remove => isQuery,
        Clear => !isQuery,
        Interval or Points or State => true,
        _ => false,
    };

    /// <summary>The commands that name no channel; null when it is none of them.</summary>
    public ScpiError? Common(in ScpiCommand command, Reply reply)
    {
        switch (command.Path)
        {
            case Format or FormatData when command.IsQuery:
                _format.Answer(reply);
                return ScpiError.None;
            case Border when command.IsQuery:
                _format.AnswerOrder(reply);
                return ScpiError.None;
            case Format or FormatData:
                return _format.Set(command.Parameters);
            case Border:
                return _format.SetOrder(command.Parameters);
            default:
                return null;
        }
    }

    public void Answer(int path, SimulatedChannel channel, Reply reply)
    {
        var trace = channel.Trace;
        switch (path)
        {
            case Interval:
                reply.Number(trace.IntervalSeconds);
                break;
            case Points:
                reply.Integer(trace.Size);
                break;
            case State:
                reply.Integer(trace.IsRunning ? 1 : 0);
                break;
            case Actual:
                reply.Integer(trace.Count);
                break;
            case Overflow:
                reply.Integer(trace.ReadOverflow() ? 1 : 0);
                break;
            default:
                var count = trace.Count;
                _format.Write(trace, count, reply);
                trace.Remove(count);
                break;
        }
    }

    public static ScpiError Set(int path, SimulatedChannel channel, ReadOnlySpan<byte> value)
    {
        if (path == Clear)
        {
            channel.Trace.Clear();
            return ScpiError.None;
        }

        if (path == State)
        {
            var error = Parameter.Switch(value, out var on);
            if (error == ScpiError.None)
            {
                channel.RunTrace(on);
            }

            return error;
        }

        var wrong = Parameter.Number(value, out var number);
        return wrong != ScpiError.None ? wrong
            : (ScpiError)(int)(path == Interval ? channel.Trace.SetInterval(number) : channel.Trace.Resize(number));
    }
}
