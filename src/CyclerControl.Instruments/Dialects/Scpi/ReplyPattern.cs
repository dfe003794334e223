using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace CyclerControl.Instruments.Dialects.Scpi;

/// <summary>The numbers of one reply, in V, A, s and degC.</summary>
public struct ReplyValues : IEquatable<ReplyValues>
{
    public double Volts { get; private set; }

    public double Amperes { get; private set; }

    public double Seconds { get; private set; }

    public double? Celsius { get; private set; }

    /// <summary>One of the numbers was the instrument's "no number".</summary>
    public bool IsInvalid { get; internal set; }

    public readonly double Of(PlaceholderQuantity quantity) => quantity switch
    {
        PlaceholderQuantity.Voltage => Volts,
        PlaceholderQuantity.Current => Amperes,
        PlaceholderQuantity.Time => Seconds,
        _ => Celsius ?? 0,
    };

    public readonly bool Equals(ReplyValues other) =>
        Volts.Equals(other.Volts) && Amperes.Equals(other.Amperes) && Seconds.Equals(other.Seconds)
        && Nullable.Equals(Celsius, other.Celsius) && IsInvalid == other.IsInvalid;

    public override readonly bool Equals(object? obj) => obj is ReplyValues other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(Volts, Amperes, Seconds, Celsius, IsInvalid);

    public static bool operator ==(ReplyValues left, ReplyValues right) => left.Equals(right);

    public static bool operator !=(ReplyValues left, ReplyValues right) => !left.Equals(right);

    internal void Set(PlaceholderQuantity quantity, double value)
    {
        switch (quantity)
        {
            case PlaceholderQuantity.Voltage:
                Volts = value;
                break;
            case PlaceholderQuantity.Current:
                Amperes = value;
                break;
            case PlaceholderQuantity.Time:
                Seconds = value;
                break;
            default:
                Celsius = value;
                break;
        }
    }
}

/// <summary>What a reply must look like, parsed once. A reply matches whole, or not at all. Matching allocates nothing.</summary>
public sealed class ReplyPattern
{
    private readonly ImmutableArray<Segment> _segments;

    private ReplyPattern(string text, ImmutableArray<Segment> segments)
    {
        Text = text;
        _segments = segments;
    }

    /// <summary>As in the profile.</summary>
    public string Text { get; }

    /// <summary>The quantities of its numbers.</summary>
    public IEnumerable<PlaceholderQuantity> Quantities =>
        _segments.Where(segment => segment.Unit is not null).Select(segment => segment.Unit!.Quantity);

    /// <param name="text">As in the profile.</param>
    /// <param name="problem">What is wrong, and the cure; null when nothing is.</param>
    public static ReplyPattern? TryParse(string text, out string? problem)
    {
        var segments = PlaceholderParser.Parse(text, out problem);
        if (problem is null)
        {
            problem = Misfit(segments);
        }

        return problem is null ? new ReplyPattern(text, [.. segments]) : null;
    }

    /// <param name="reply">Without its terminator.</param>
    /// <param name="invalid">What stands for "no number".</param>
    /// <param name="values">The numbers, where it matches.</param>
    public bool Matches(ReadOnlySpan<byte> reply, InvalidReadings invalid, out ReplyValues values)
    {
        values = default;
        for (var i = 0; i < _segments.Length; i++)
        {
            var segment = _segments[i];
            if (segment.Kind == SegmentKind.Literal)
            {
                if (!reply.StartsWith(segment.Literal))
                {
                    return false;
                }

                reply = reply[segment.Literal.Length..];
                continue;
            }

            var length = i + 1 < _segments.Length ? reply.IndexOf(_segments[i + 1].Literal) : reply.Length;
            if (length <= 0 || length > 64)
            {
                return false;
            }

            var token = reply[..length].Trim(" \t"u8);
            if (segment.Kind == SegmentKind.Any)
            {
                reply = reply[length..];
                continue;
            }

            if (!double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            {
                if (!invalid.ContainsText(token))
                {
                    return false;
                }

                values.IsInvalid = true;
            }
            else if (invalid.ContainsNumber(number))
            {
                values.IsInvalid = true;
            }
            else
            {
                values.Set(segment.Unit!.Quantity, number * segment.Unit.Factor);
            }

            reply = reply[length..];
        }

        return reply.Trim(" \t"u8).IsEmpty;
    }

    private static string? Misfit(IReadOnlyList<Segment> segments)
    {
        if (segments.Any(segment => segment.Kind is not (SegmentKind.Literal or SegmentKind.Number or SegmentKind.Any)))
        {
            return "has {channel} in a reply, where only voltage, current, time, temperature and any can stand";
        }

        for (var i = 1; i < segments.Count; i++)
        {
            if (segments[i].Kind != SegmentKind.Literal && segments[i - 1].Kind != SegmentKind.Literal)
            {
                return "has two placeholders with nothing between them; write what separates them, as in {voltage:V},{current:A}";
            }
        }

        var twice = segments.Where(segment => segment.Unit is not null).GroupBy(segment => segment.Unit!.Quantity).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? null : $"names {PlaceholderUnit.NameOf(twice.Key)} twice";
    }
}

/// <summary>The readings that are no numbers: <c>9.91E37</c> (SCPI's NaN), <c>9.9E37</c> (overflow), or words.</summary>
public sealed class InvalidReadings
{
    private readonly double[] _numbers;
    private readonly byte[][] _texts;

    public InvalidReadings(IEnumerable<string> readings)
    {
        var all = readings.ToArray();
        _numbers = [.. all.Select(Number).OfType<double>()];
        _texts = [.. all.Where(text => Number(text) is null).Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>None.</summary>
    public static InvalidReadings None { get; } = new([]);

    internal bool ContainsText(ReadOnlySpan<byte> token)
    {
        foreach (var text in _texts)
        {
            if (token.SequenceEqual(text))
            {
                return true;
            }
        }

        return false;
    }

    internal bool ContainsNumber(double number)
    {
        foreach (var listed in _numbers)
        {
            if (Math.Abs(number - listed) <= 1e-6 * Math.Abs(listed))
            {
                return true;
            }
        }

        return false;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
