using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CyclerControl.Instruments.Sessions;

namespace CyclerControl.Instruments.Dialects.Scpi;

/// <summary>A message of the profile, parsed once. Writing it allocates nothing.</summary>
public sealed class MessageTemplate
{
    private readonly ImmutableArray<Segment> _segments;

    private MessageTemplate(string text, ImmutableArray<Segment> segments)
    {
        Text = text;
        _segments = segments;
    }

    /// <summary>As in the profile.</summary>
    public string Text { get; }

    /// <summary>True where <c>{channel}</c> stands in it.</summary>
    public bool NamesChannel => _segments.Any(segment => segment.Kind == SegmentKind.Channel);

    /// <summary>True where <c>{channels}</c> stands in it.</summary>
    public bool NamesChannels => _segments.Any(segment => segment.Kind == SegmentKind.Channels);

    /// <summary>True where <c>{first}</c> or <c>{last}</c> stands in it.</summary>
    public bool NamesPlaces => _segments.Any(segment => segment.Kind is SegmentKind.First or SegmentKind.Last);

    /// <summary>What it starts with, up to its first placeholder.</summary>
    public ReadOnlySpan<byte> FirstBytes => _segments.IsEmpty ? [] : _segments[0].Literal;

    /// <summary>The quantities of its numbers.</summary>
    public IEnumerable<PlaceholderQuantity> Quantities =>
        _segments.Where(segment => segment.Unit is not null).Select(segment => segment.Unit!.Quantity);

    /// <param name="text">As in the profile.</param>
    /// <param name="problem">What is wrong, and the cure; null when nothing is.</param>
    public static MessageTemplate? TryParse(string text, out string? problem)
    {
        var segments = PlaceholderParser.Parse(text, out problem);
        if (problem is null && segments.FirstOrDefault(segment => segment is { Kind: SegmentKind.Number, Format: null }) is { Unit: { } unit })
        {
            var name = PlaceholderUnit.NameOf(unit.Quantity);
            problem = $"does not say how to write {{{name}:{unit.Unit}}}; add a format: {{{name}:{unit.Unit}:0.0000}}";
        }

        if (problem is null && segments.Any(segment => segment.Kind == SegmentKind.Any))
        {
            problem = "has {any}, which stands for a part of a reply; leave it out";
        }

        return problem is null ? new MessageTemplate(text, [.. segments]) : null;
    }

    /// <summary>The template for one channel: its number has become part of the text.</summary>
    public MessageTemplate ForChannel(int channel)
    {
        var number = channel.ToString(CultureInfo.InvariantCulture);
        var merged = new List<Segment>();
        foreach (var segment in _segments)
        {
            var piece = segment.Kind == SegmentKind.Channel ? Segment.Of(number) : segment;
            if (piece.Kind == SegmentKind.Literal && merged is [.., { Kind: SegmentKind.Literal } last])
            {
                merged[^1] = new Segment([.. last.Literal, .. piece.Literal], SegmentKind.Literal, null, null);
            }
            else
            {
                merged.Add(piece);
            }
        }

        return new MessageTemplate(Text.Replace("{channel}", number, StringComparison.Ordinal), [.. merged]);
    }

    /// <param name="message">Where to.</param>
    /// <param name="value">Its number in V, A, s; ignored where the template has none.</param>
    /// <param name="channels">For <c>{channels}</c>; its first and last stand for <c>{first}</c> and <c>{last}</c>.</param>
    public void Write(MessageBuffer message, double value, ReadOnlySpan<int> channels)
    {
        Span<byte> digits = stackalloc byte[64];
        foreach (var segment in _segments)
        {
            switch (segment.Kind)
            {
                case SegmentKind.Literal:
                    message.Append(segment.Literal);
                    break;
                case SegmentKind.Number:
                    message.Append(digits[..segment.Format!.Write(value / segment.Unit!.Factor, digits)]);
                    break;
                case SegmentKind.First:
                    WriteList(message, channels[..1], digits);
                    break;
                case SegmentKind.Last:
                    WriteList(message, channels[^1..], digits);
                    break;
                default:
                    WriteList(message, channels, digits);
                    break;
            }
        }
    }

    /// <summary>Distance between two values that the message can tell apart near this one, in V, A, s; 0 without a number.</summary>
    public double QuantumAt(double value)
    {
        foreach (var segment in _segments)
        {
            if (segment.Kind == SegmentKind.Number)
            {
                return segment.Format!.QuantumAt(value / segment.Unit!.Factor) * segment.Unit.Factor;
            }
        }

        return 0;
    }

    /// <summary>The bytes of a message without numbers and lists.</summary>
    public byte[] Render() => [.. _segments.SelectMany(segment => segment.Literal)];

    public override string ToString() => Encoding.UTF8.GetString(Render());

    private static void WriteList(MessageBuffer message, ReadOnlySpan<int> channels, Span<byte> digits)
    {
        for (var i = 0; i < channels.Length; i++)
        {
            if (i > 0)
            {
                message.Append(","u8);
            }

            _ = channels[i].TryFormat(digits, out var written, default, CultureInfo.InvariantCulture);
            message.Append(digits[..written]);
        }
    }
}
