using CyclerControl.Core.Documents;

namespace CyclerControl.Core.Quantities;

/// <summary>What to write instead of a unit that does not exist or does not fit.</summary>
internal static class UnitAdvice
{
    /// <summary>A near unit where there is one, else the list of those that fit.</summary>
    public static string For(string symbol, ReadOnlySpan<Dimension> expected)
    {
        var candidates = new List<string>();
        foreach (var unit in Unit.All)
        {
            if (unit.Symbol != "1" && (expected.IsEmpty || expected.Contains(unit.Dimension)))
            {
                candidates.Add(unit.Symbol);
            }
        }

        return NearName.Find(UnitSpelling.Normalize(symbol), candidates) is { } near
            ? $"did you mean {near}? {Use(expected)}"
            : Use(expected);
    }

    public static string Use(ReadOnlySpan<Dimension> expected)
    {
        if (expected.IsEmpty)
        {
            return "use A, mA/cm2, C/20, V, mV, mAh/cm2, s, min, h ...";
        }

        var symbols = new List<string>();
        foreach (var dimension in expected)
        {
            if (dimension == Dimension.CRate)
            {
                symbols.Add("C/20");
                continue;
            }

            foreach (var unit in Unit.Of(dimension))
            {
                symbols.Add(unit.Symbol);
            }
        }

        return $"use {string.Join(", ", symbols)}";
    }
}
