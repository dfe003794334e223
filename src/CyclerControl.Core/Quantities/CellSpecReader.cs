using CyclerControl.Core.Documents;

namespace CyclerControl.Core.Quantities;

/// <summary>Reads what is said about a cell: <c>cell:</c> of a file, <c>key=value[,key=value]</c> of the command line.</summary>
public static class CellSpecReader
{
    /// <summary>The name under which problems of the command line appear.</summary>
    public const string CommandLine = "--cell";

    /// <summary>Reads the mapping behind <c>cell:</c>.</summary>
    public static CellGiven FromMapping(MappingNode mapping, ProblemList problems)
    {
        var values = new List<CellValue>();
        foreach (var entry in mapping.Entries)
        {
            if (CellKeys.List.Find(entry.Key) is null)
            {
                continue;
            }

            if (entry.Value is not ScalarNode scalar)
            {
                problems.Add(entry.Value, "must be one value", $"write {entry.Key}: {CellKeys.List.Find(entry.Key)!.Shape.Example}");
            }
            else if (Read(entry.Key, scalar, problems) is { } value)
            {
                values.Add(value);
            }
        }

        new MappingReader(mapping, CellKeys.List, problems).Finish();
        return new CellGiven(values);
    }

    /// <summary>Reads <c>area=0.785cm2,kind=symmetric</c>. <c>ask</c> has no meaning here.</summary>
    /// <param name="problems">Made for <see cref="CommandLine"/>; columns count in <paramref name="text"/>.</param>
    public static CellGiven FromText(string text, ProblemList problems)
    {
        var values = new Dictionary<string, CellValue>(StringComparer.Ordinal);
        foreach (var (part, column) in Parts(text))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? part : part[..equals].Trim();
            if (equals < 0)
            {
                problems.Add(1, column, "cell", part, "is not key=value", $"write {CellKeys.Example("area")}, decimals after a point, a comma between two of them");
                continue;
            }

            if (CellKeys.List.Find(key) is null)
            {
                var near = NearName.Find(key, CellKeys.Names);
                problems.Add(1, column, key, key, "is nothing that can be said about a cell", (near is null ? "" : $"did you mean {near}? ") + $"use {string.Join(", ", CellKeys.Names)}");
                continue;
            }

            var scalar = new ScalarNode(1, column + equals + 1, key, part[(equals + 1)..].Trim(), true);
            if (scalar.Text == CellKeys.Ask)
            {
                problems.Add(scalar, "is no value", $"write {CellKeys.Example(key)}");
            }
            else if (values.ContainsKey(key))
            {
                problems.Add(scalar, "is a second value of the same key", "keep one of them");
            }
            else if (Read(key, scalar, problems) is { } value)
            {
                values.Add(key, value);
            }
        }

        return new CellGiven(values.Values);
    }

    private static CellValue? Read(string key, ScalarNode scalar, ProblemList problems)
    {
        if (scalar.Text == CellKeys.Ask)
        {
            return new CellValue(key, problems.File, scalar, null);
        }

        switch (CellKeys.ShapeOf(key))
        {
            case ChoiceShape words:
                return ValueReader.Choice(scalar, words, problems) is null ? null : new CellValue(key, problems.File, scalar, null);
            case QuantityShape shape:
                if (ValueReader.Quantity(scalar, shape, problems) is not { } quantity)
                {
                    return null;
                }

                if (quantity is { Dimension: Dimension.Fraction, BaseNumber: > 1 } or { Dimension: Dimension.Temperature, BaseNumber: < -273.15m })
                {
                    problems.Add(scalar, "cannot be", quantity.Dimension == Dimension.Fraction ? "use up to 100 %" : "absolute zero is -273.15 degC");
                    return null;
                }

                return new CellValue(key, problems.File, scalar, quantity);
            default:
                return new CellValue(key, problems.File, scalar, null);
        }
    }

    /// <summary>Cut at commas, but a piece without <c>=</c> belongs to the notes before it.</summary>
    private static List<(string Part, int Column)> Parts(string text)
    {
        var parts = new List<(string Part, int Column)>();
        var start = 0;
        foreach (var piece in text.Split(','))
        {
            if (parts.Count > 0 && !piece.Contains('=', StringComparison.Ordinal) && parts[^1].Part.StartsWith("notes=", StringComparison.Ordinal))
            {
                parts[^1] = (parts[^1].Part + "," + piece, parts[^1].Column);
            }
            else if (!string.IsNullOrWhiteSpace(piece))
            {
                var indent = piece.Length - piece.TrimStart().Length;
                parts.Add((piece.Trim(), start + indent + 1));
            }

            start += piece.Length + 1;
        }

        return parts;
    }
}
