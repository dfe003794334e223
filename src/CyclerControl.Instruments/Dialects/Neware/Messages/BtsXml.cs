using System.Buffers;
using System.Globalization;
using System.Text;

namespace CyclerControl.Instruments.Dialects.Neware.Messages;

/// <summary>
/// Reads the little XML that the BTS program speaks, element by element, without an allocation for each: tags, attributes, text, the five named characters.
/// Document types, entities of one's own, CDATA and processing instructions other than the first are refused: no reply has them.
/// </summary>
/// <exception cref="FormatException">Anything that is not well formed; each member.</exception>
internal ref struct BtsXml
{
    private const int MostDepth = 16;
    private static readonly SearchValues<byte> s_endOfName = SearchValues.Create(" \t\r\n/>="u8);
    private readonly ReadOnlySpan<byte> _document;
    private readonly (int Start, int Length)[] _open = new (int, int)[MostDepth];
    private int _at;
    private int _depth;
    private bool _hadRoot;
    private bool _isInText;
    private ReadOnlySpan<byte> _attributes;

    public BtsXml(ReadOnlySpan<byte> document)
    {
        _document = document;
        SkipSpace();
        if (Rest.StartsWith("<?xml"u8))
        {
            _at += Until("?>"u8);
        }
    }

    /// <summary>Of the present element.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>What stands between its tag and the next one, trimmed, as it was sent.</summary>
    public ReadOnlySpan<byte> Text { get; private set; }

    private readonly ReadOnlySpan<byte> Rest => _document[_at..];

    /// <summary>To the next element, in the order of their first tags.</summary>
    /// <returns>False behind the last one.</returns>
    public bool Read()
    {
        while (true)
        {
            var open = Rest.IndexOf((byte)'<');
            var between = open < 0 ? Rest : Rest[..open];
            if (!between.Trim(" \t\r\n"u8).IsEmpty && !(_isInText && _document[(_at + between.Length)..].StartsWith("</"u8)))
            {
                throw new FormatException(_depth == 0 ? "text outside of the document" : "text beside elements");
            }

            _isInText = false;

            if (open < 0)
            {
                return _depth == 0 && _hadRoot ? false : throw new FormatException("the document has no end");
            }

            _at += open;
            if (Rest.StartsWith("<!--"u8))
            {
                _at += Until("-->"u8);
            }
            else if (Rest.StartsWith("</"u8))
            {
                Close();
            }
            else
            {
                Open();
                return true;
            }
        }
    }

    public readonly bool Is(ReadOnlySpan<byte> name) => Name.SequenceEqual(name);

    /// <summary>The value as it was sent; false where the element has no such attribute.</summary>
    public readonly bool TryAttribute(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var rest = _attributes;
        while (TakeAttribute(ref rest, out var found, out value))
        {
            if (found.SequenceEqual(name))
            {
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>A value with its named characters resolved; null where there is none.</summary>
    public readonly string? Attribute(ReadOnlySpan<byte> name) => TryAttribute(name, out var value) ? Decode(value) : null;

    public readonly string TextString() => Decode(Text);

    public readonly long Whole(ReadOnlySpan<byte> name) =>
        TryAttribute(name, out var value) && long.TryParse(value.Trim(" "u8), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"{Encoding.UTF8.GetString(name)} is no whole number");

    public readonly double Number(ReadOnlySpan<byte> name) =>
        TryAttribute(name, out var value) && double.TryParse(value.Trim(" "u8), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"{Encoding.UTF8.GetString(name)} is no number");

    private static string Decode(ReadOnlySpan<byte> raw)
    {
        var text = Encoding.UTF8.GetString(raw);
        if (!text.Contains('&', StringComparison.Ordinal))
        {
            return text;
        }

        var decoded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var end = text[i] == '&' ? text.IndexOf(';', i) : i;
            _ = text[i] != '&' ? decoded.Append(text[i])
                : end < 0 || end - i > 10 ? throw new FormatException("an & that stands for nothing")
                : decoded.Append(Character(text[(i + 1)..end]));
            i = end;
        }

        return decoded.ToString();
    }

    private static string Character(string name)
    {
        switch (name)
        {
            case "amp": return "&";
            case "lt": return "<";
            case "gt": return ">";
            case "quot": return "\"";
            case "apos": return "'";
        }

        var hex = name.StartsWith("#x", StringComparison.Ordinal);
        return name.StartsWith('#')
            && int.TryParse(name.AsSpan(hex ? 2 : 1), hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Rune.IsValid(number)
            ? new Rune(number).ToString()
            : throw new FormatException($"&{name}; stands for nothing");
    }

    private static bool TakeAttribute(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        rest = rest.TrimStart(" \t\r\n"u8);
        name = value = default;
        if (rest.IsEmpty)
        {
            return false;
        }

        var end = rest.IndexOfAny(s_endOfName);
        var equals = rest.IndexOf((byte)'=');
        if (end <= 0 || equals < end || !rest[end..equals].Trim(" \t\r\n"u8).IsEmpty)
        {
            throw new FormatException("an attribute has no value");
        }

        name = rest[..end];
        rest = rest[(equals + 1)..].TrimStart(" \t\r\n"u8);
        if (rest.IsEmpty || rest[0] is not ((byte)'"' or (byte)'\''))
        {
            throw new FormatException("a value is not in quotes");
        }

        var close = rest[1..].IndexOf(rest[0]);
        if (close < 0)
        {
            throw new FormatException("a value has no end");
        }

        value = rest.Slice(1, close);
        rest = rest[(close + 2)..];
        return true;
    }

    private void Open()
    {
        var length = TagLength();
        var tag = Rest[1..(length - 1)];
        var isEmpty = tag is [.., (byte)'/'];
        tag = isEmpty ? tag[..^1] : tag;
        var end = tag.IndexOfAny(s_endOfName);
        Name = end < 0 ? tag : tag[..end];
        if (Name.IsEmpty || !IsName(Name))
        {
            throw new FormatException("a tag without a name");
        }

        if (_depth == 0 && _hadRoot)
        {
            throw new FormatException("a second document");
        }

        _attributes = tag[Name.Length..];
        var check = _attributes;
        while (TakeAttribute(ref check, out _, out _))
        {
        }

        _hadRoot = true;
        _isInText = !isEmpty;
        if (!isEmpty)
        {
            if (_depth == MostDepth)
            {
                throw new FormatException("nested too deep");
            }

            _open[_depth++] = (_at + 1, Name.Length);
        }

        _at += length;
        var next = Rest.IndexOf((byte)'<');
        Text = isEmpty ? default : (next < 0 ? Rest : Rest[..next]).Trim(" \t\r\n"u8);
    }

    private void Close()
    {
        var length = Until(">"u8);
        var name = Rest[2..(length - 1)].TrimEnd(" \t\r\n"u8);
        if (_depth == 0 || !_document.Slice(_open[_depth - 1].Start, _open[_depth - 1].Length).SequenceEqual(name))
        {
            throw new FormatException("a last tag without its first");
        }

        _depth--;
        _at += length;
    }

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)letter) && letter is not ((byte)'_' or (byte)'-' or (byte)'.'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A <c>&gt;</c> in quotes ends no tag.</summary>
    private readonly int TagLength()
    {
        byte quote = 0;
        var rest = Rest;
        for (var i = 1; i < rest.Length; i++)
        {
            var letter = rest[i];
            if (quote != 0)
            {
                quote = letter == quote ? (byte)0 : quote;
            }
            else if (letter is (byte)'"' or (byte)'\'')
            {
                quote = letter;
            }
            else if (letter == (byte)'>')
            {
                return i + 1;
            }
            else if (letter == (byte)'<')
            {
                break;
            }
        }

        throw new FormatException("a tag has no end");
    }

    private readonly int Until(ReadOnlySpan<byte> mark) =>
        Rest.IndexOf(mark) is var found and >= 0 ? found + mark.Length : throw new FormatException("a tag has no end");

    private void SkipSpace()
    {
        while (_at < _document.Length && _document[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            _at++;
        }
    }
}
