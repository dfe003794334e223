using System.Text;

namespace CyclerControl.Core.Quantities;

/// <summary>The spellings of one unit that people and their keyboards produce, brought to the one that we print.</summary>
public static class UnitSpelling
{
    /// <summary>Micro sign and Greek mu to <c>u</c>, superscripts to digits, <c>°C</c> to <c>degC</c>, both ohm signs to <c>ohm</c>.</summary>
    public static string Normalize(string symbol)
    {
        var text = new StringBuilder(symbol.Length + 4);
        foreach (var c in symbol)
        {
            _ = c switch
            {
                '\u00B5' or '\u03BC' => text.Append('u'),
                '\u00B2' => text.Append('2'),
                '\u00B3' => text.Append('3'),
                '\u00B0' => text.Append("deg"),
                '\u2103' => text.Append("degC"),
                '\u2126' or '\u03A9' => text.Append("ohm"),
                '\u00A0' or '\u2009' or '\u202F' => text.Append(' '),
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }
}
