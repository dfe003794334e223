using System.Globalization;

namespace CyclerControl.Simulation.Wire;

/// <summary>The answer to one message, built in a buffer that is used again: answers to several queries are joined by semicolons.</summary>
internal sealed class Reply
{
    private const int Digits = 10;
    private static readonly double[] s_powers = [.. Enumerable.Range(0, 23).Select(n => double.Parse($"1e{n}", CultureInfo.InvariantCulture))];
    private byte[] _bytes = new byte[1024];
    private int _length;

    public bool IsEmpty => _length == 0;

    public void Clear() => _length = 0;

    /// <summary>Where the answer now begins, so that a failed query can take back what it wrote.</summary>
    public int Begin()
    {
        var start = _length;
        if (_length > 0)
        {
            Byte((byte)';');
        }

        return start;
    }

    public void TakeBack(int start) => _length = start;

    public void Text(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
    }

    public void Byte(byte value)
    {
        Reserve(1);
        _bytes[_length++] = value;
    }

    public void Integer(int value)
    {
        Reserve(16);
        value.TryFormat(_bytes.AsSpan(_length), out var written, provider: CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>Ten significant digits: <c>+1.234567890E-03</c>.</summary>
    public void Number(double value)
    {
        Reserve(24);
        var exponent = 0;
        var digits = 0L;
        var size = Math.Abs(value);
        if (size > 0)
        {
            exponent = (int)Math.Floor(Math.Log10(size));
            digits = (long)Math.Round(Scale(size, Digits - 1 - exponent));
            if (digits < 1_000_000_000 || digits >= 10_000_000_000)
            {
                exponent += digits < 1_000_000_000 ? -1 : 1;
                digits = (long)Math.Round(Scale(size, Digits - 1 - exponent));
            }
        }

        Byte(value < 0 ? (byte)'-' : (byte)'+');
        for (var i = Digits; i >= 1; i--)
        {
            _bytes[_length + i + (i == 1 ? -1 : 0)] = (byte)('0' + (digits % 10));
            digits /= 10;
        }

        _bytes[_length + 1] = (byte)'.';
        _length += Digits + 1;
        Byte((byte)'E');
        Byte(exponent < 0 ? (byte)'-' : (byte)'+');
        var power = Math.Abs(exponent);
        if (power >= 100)
        {
            Byte((byte)('0' + (power / 100)));
            power %= 100;
        }

        Byte((byte)('0' + (power / 10)));
        Byte((byte)('0' + (power % 10)));
    }

    /// <summary>The line with its terminator.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        Byte((byte)'\n');
        return _bytes.AsSpan(0, _length);
    }

    private static double Scale(double value, int power) => power switch
    {
        >= 0 and <= 22 => value * s_powers[power],
        < 0 and >= -22 => value / s_powers[-power],
        _ => value * Math.Pow(10, power),
    };

    private void Reserve(int more)
    {
        if (_length + more > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + more));
        }
    }
}
