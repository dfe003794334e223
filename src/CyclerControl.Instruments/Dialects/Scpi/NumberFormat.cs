using System.Globalization;
using System.Text.RegularExpressions;

namespace CyclerControl.Instruments.Dialects.Scpi;

/// <summary>How a number is written to an instrument: <c>0</c>, <c>0.0000</c>, <c>+0.000000E+00</c> (a leading plus: always with a sign).</summary>
public sealed partial class NumberFormat
{
    private readonly string _digits;
    private readonly int _decimals;
    private readonly bool _alwaysSigned;
    private readonly bool _exponential;

    private NumberFormat(string text)
    {
        Text = text;
        _alwaysSigned = text[0] == '+';
        _digits = text.TrimStart('+');
        _exponential = text.Contains('E', StringComparison.Ordinal);
        _decimals = _digits.AsSpan().IndexOf('.') is var point and >= 0
            ? (_exponential ? _digits.IndexOf('E', StringComparison.Ordinal) : _digits.Length) - point - 1
            : 0;
    }

    public string Text { get; }

    /// <summary>Null where the text is no such format.</summary>
    public static NumberFormat? TryParse(string text) => Shape().IsMatch(text) ? new NumberFormat(text) : null;

    /// <summary>Distance between two numbers that the format can tell apart near a value.</summary>
    public double QuantumAt(double value)
    {
        var quantum = Math.Pow(10, -_decimals);
        return _exponential && value != 0 ? quantum * Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value)))) : quantum;
    }

    /// <summary>Writes the number; no allocation. Returns the bytes written.</summary>
    /// <exception cref="ArgumentException">It does not fit.</exception>
    public int Write(double value, Span<byte> destination)
    {
        var start = 0;
        if (_alwaysSigned && !double.IsNegative(value))
        {
            destination[0] = (byte)'+';
            start = 1;
        }

        return value.TryFormat(destination[start..], out var written, _digits, CultureInfo.InvariantCulture)
            ? start + written
            : throw new ArgumentException($"{value} does not fit into {destination.Length} bytes", nameof(destination));
    }

    [GeneratedRegex(@"^\+?0(\.0{1,15})?(E\+0{1,3})?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Shape();
}
