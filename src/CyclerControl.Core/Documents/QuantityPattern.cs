using System.Text.RegularExpressions;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Documents;

/// <summary>The regular expression of a quantity, for editors; the parser alone decides.</summary>
public static class QuantityPattern
{
    private const string Number = @"(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?";

    /// <summary>Without anchors.</summary>
    public static string Of(QuantityShape shape)
    {
        var sign = shape.Sign == SignRule.Any ? @"[-+\u2212]?" : @"\+?";
        var units = shape.Dimensions
            .Where(d => d is not (Dimension.CRate or Dimension.Time))
            .SelectMany(Unit.Of)
            .Select(u => Spellings(u.Symbol))
            .ToList();
        var forms = new List<string>();
        if (units.Count > 0)
        {
            forms.Add($@"{sign}{Number}\s*(?:{string.Join('|', units)})");
        }

        if (shape.Dimensions.Contains(Dimension.Time))
        {
            forms.Add($@"(?:{Number}\s*(?:{string.Join('|', Unit.Of(Dimension.Time).Select(u => u.Symbol))})\s*)+");
        }

        if (shape.Dimensions.Contains(Dimension.CRate))
        {
            forms.Add($@"C/{Number}|{sign}{Number}\s*C");
        }

        return string.Join('|', forms);
    }

    private static string Spellings(string symbol) => Regex.Escape(symbol)
        .Replace("\\ ", " ", StringComparison.Ordinal)
        .Replace("degC", "(?:deg|°)C", StringComparison.Ordinal)
        .Replace("ohm", "(?:ohm|[Ω\\u2126])", StringComparison.Ordinal)
        .Replace("cm2", "cm[2²]", StringComparison.Ordinal)
        .Replace("mm2", "mm[2²]", StringComparison.Ordinal)
        .Replace("cm3", "cm[3³]", StringComparison.Ordinal) switch
    {
        ['u', .. var rest] => "[uµμ]" + rest,
        var text => text,
    };
}
