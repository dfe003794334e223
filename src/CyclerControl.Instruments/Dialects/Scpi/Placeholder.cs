using System.Text;

namespace CyclerControl.Instruments.Dialects.Scpi;

/// <summary>One piece of a message or reply of the profile.</summary>
/// <param name="Literal">Bytes as they are; empty for a placeholder.</param>
/// <param name="Kind">What the piece is.</param>
/// <param name="Unit">Of a number.</param>
/// <param name="Format">Of a number that is written.</param>
public sealed record Segment(byte[] Literal, SegmentKind Kind, PlaceholderUnit? Unit, NumberFormat? Format)
{
    public static Segment Of(string literal) => new(Encoding.UTF8.GetBytes(literal), SegmentKind.Literal, null, null);
}

/// <summary>What a piece of a message is.</summary>
public enum SegmentKind : byte
{
    Literal,

    /// <summary>A number with quantity and unit.</summary>
    Number,

    /// <summary><c>{channel}</c></summary>
    Channel,

    /// <summary><c>{channels}</c>: <c>1,3,5</c></summary>
    Channels,

    /// <summary><c>{first}</c>: where a fetch of a buffer begins.</summary>
    First,

    /// <summary><c>{last}</c>: where it ends.</summary>
    Last,

    /// <summary><c>{any}</c>: a part of a reply that nobody looks at.</summary>
    Any,
}

/// <summary>Cuts the text of a profile into literals and placeholders.</summary>
public static class PlaceholderParser
{
    /// <param name="text">As in the profile.</param>
    /// <param name="problem">What is wrong, and the cure; null when nothing is.</param>
    public static IReadOnlyList<Segment> Parse(string text, out string? problem)
    {
        var segments = new List<Segment>();
        problem = null;
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('{', at);
            var literal = open < 0 ? text[at..] : text[at..open];
            if (literal.Length > 0)
            {
                segments.Add(Segment.Of(literal));
            }

            if (open < 0)
            {
                break;
            }

            var close = text.IndexOf('}', open);
            if (close < 0)
            {
                problem = "has an opening brace without a closing one; write {voltage:V:0.0000}, {current:A:+0.000000E+00}, {channel} or {channels}";
                return [];
            }

            var segment = One(text[(open + 1)..close], out problem);
            if (segment is null)
            {
                return [];
            }

            segments.Add(segment);
            at = close + 1;
        }

        return segments;
    }

    private static Segment? One(string inner, out string? problem)
    {
        problem = null;
        switch (inner)
        {
            case "channel":
                return new Segment([], SegmentKind.Channel, null, null);
            case "channels":
                return new Segment([], SegmentKind.Channels, null, null);
            case "first":
                return new Segment([], SegmentKind.First, null, null);
            case "last":
                return new Segment([], SegmentKind.Last, null, null);
            case "any":
                return new Segment([], SegmentKind.Any, null, null);
        }

        var parts = inner.Split(':', 3);
        if (PlaceholderUnit.QuantityOf(parts[0]) is not { } quantity)
        {
            problem = $"has the unknown placeholder {{{inner}}}; use voltage, current, time, temperature, channel or channels";
            return null;
        }

        var units = PlaceholderUnit.UnitsOf(quantity);
        if (parts.Length < 2)
        {
            problem = $"has the placeholder {{{inner}}} without a unit; write {{{parts[0]}:{units.Split(',')[0]}}} (one of {units})";
            return null;
        }

        var unit = PlaceholderUnit.All.FirstOrDefault(known => known.Quantity == quantity && known.Unit == parts[1]);
        if (unit is null)
        {
            problem = $"has the placeholder {{{inner}}} with the unit '{parts[1]}', which is none of {parts[0]}; use {units}";
            return null;
        }

        var format = parts.Length == 3 ? NumberFormat.TryParse(parts[2]) : null;
        if (parts.Length == 3 && format is null)
        {
            problem = $"has the placeholder {{{inner}}} with the format '{parts[2]}'; write 0, 0.0000 or +0.000000E+00";
            return null;
        }

        return new Segment([], SegmentKind.Number, unit, format);
    }
}
