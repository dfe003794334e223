using System.Buffers.Binary;
using System.Globalization;
using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.Wire;

/// <summary>How one connection wants its blocks: <c>FORM ASC | REAL,32 | REAL,64</c> and <c>FORM:BORD NORM | SWAP</c>.</summary>
internal sealed class TraceFormat
{
    private const int Numbers = 3;
    private int _bits;
    private bool _isSwapped;

    public ScpiError Set(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return ScpiError.MissingParameter;
        }

        var bits = Parameter.Is(value, "ASC"u8) || Parameter.Is(value, "ASCII"u8) ? 0
            : Parameter.Is(value, "REAL,32"u8) ? 32
            : Parameter.Is(value, "REAL,64"u8) || Parameter.Is(value, "REAL"u8) ? 64
            : -1;
        _bits = bits < 0 ? _bits : bits;
        return bits < 0 ? ScpiError.DataType : ScpiError.None;
    }

    public ScpiError SetOrder(ReadOnlySpan<byte> value)
    {
        var swapped = Parameter.Is(value, "SWAP"u8) || Parameter.Is(value, "SWAPPED"u8);
        var normal = Parameter.Is(value, "NORM"u8) || Parameter.Is(value, "NORMAL"u8);
        _isSwapped = swapped || (!normal && _isSwapped);
        return value.IsEmpty ? ScpiError.MissingParameter : swapped || normal ? ScpiError.None : ScpiError.DataType;
    }

    public void Answer(Reply reply) => reply.Text(_bits switch { 0 => "ASC"u8, 32 => "REAL,32"u8, _ => "REAL,64"u8 });

    public void AnswerOrder(Reply reply) => reply.Text(_isSwapped ? "SWAP"u8 : "NORM"u8);

    /// <summary>Time, voltage and current of the oldest readings, as a definite-length block or as a list.</summary>
    public void Write(TraceBuffer trace, int count, Reply reply)
    {
        if (_bits > 0)
        {
            Head(count * Numbers * _bits / 8, reply);
        }

        for (var i = 0; i < count; i++)
        {
            var reading = trace[i];
            Number(reading.Seconds, i > 0, reply);
            Number(reading.Volts, true, reply);
            Number(reading.Amperes, true, reply);
        }
    }

    private static void Head(int length, Reply reply)
    {
        Span<byte> digits = stackalloc byte[12];
        _ = length.TryFormat(digits, out var written, default, CultureInfo.InvariantCulture);
        reply.Byte((byte)'#');
        reply.Integer(written);
        reply.Text(digits[..written]);
    }

    private void Number(double value, bool comma, Reply reply)
    {
        Span<byte> bytes = stackalloc byte[8];
        switch (_bits)
        {
            case 0:
                if (comma)
                {
                    reply.Byte((byte)',');
                }

                reply.Number(value);
                return;
            case 32 when _isSwapped:
                BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value);
                break;
            case 32:
                BinaryPrimitives.WriteSingleBigEndian(bytes, (float)value);
                break;
            case 64 when _isSwapped:
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
                break;
            default:
                BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
                break;
        }

        reply.Text(bytes[..(_bits / 8)]);
    }
}
