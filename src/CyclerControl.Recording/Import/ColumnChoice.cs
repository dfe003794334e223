using System.Globalization;
using CyclerControl.Core.Documents;

namespace CyclerControl.Recording.Import;

/// <summary>What the user says about the columns; null: to be found.</summary>
/// <param name="Time">Name, or number from 1.</param>
/// <param name="Voltage">Name, or number from 1.</param>
/// <param name="Current">Name, or number from 1.</param>
/// <param name="CurrentAmperes">The current of a file that has no such column, A.</param>
public sealed record ColumnChoice(string? Time = null, string? Voltage = null, string? Current = null, double? CurrentAmperes = null);

/// <summary>A column that was found.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Factor">To s, V or A.</param>
/// <param name="HasUnit">False: the header names none, and that of the inside is taken.</param>
internal readonly record struct Column(int Index, double Factor, bool HasUnit = true);

/// <summary>The header of a table, and the row of numbers below it.</summary>
/// <param name="Units">A row of units between the two; empty where there is none.</param>
/// <param name="First">First row of numbers, as text.</param>
internal sealed record HeaderRows(int Line, IReadOnlyList<string> Names, IReadOnlyList<string> Units, IReadOnlyList<string> First)
{
    public string NameAt(int index) => index < Names.Count ? Names[index] : "";

    /// <summary>Exact names first, then everything that may be meant; several of those are the user's to decide.</summary>
    public Column? Find(ColumnQuantity quantity, string? wanted, ProblemList problems)
    {
        if (wanted is not null)
            return Wanted(quantity, wanted, problems);
        foreach (var exact in quantity.ExactNames)
        {
            for (var n = 0; n < Names.Count; n++)
            {
                if (Names[n] == exact)
                    return new Column(n, 1);
            }
        }

        var candidates = Enumerable.Range(0, Names.Count).Where(n => IsCandidate(quantity, n)).ToList();
        switch (candidates.Count)
        {
            case 1:
                return At(quantity, candidates[0]);
            case 0:
                problems.Add(Line, 1, quantity.Word, null, $"no column of {quantity.Word} among {Quoted(Enumerable.Range(0, Names.Count))}", Cure(quantity));
                return null;
            default:
                problems.Add(
                    Line, 1, quantity.Word, null, $"{candidates.Count} columns may be the {quantity.Word}: {Quoted(candidates)}",
                    $"name one: {quantity.Option} {Shell(Names[candidates[0]])}");
                return null;
        }
    }

    /// <summary>Whether any column may hold the quantity.</summary>
    public bool Has(ColumnQuantity quantity) => Names.Any(quantity.ExactNames.Contains) || Enumerable.Range(0, Names.Count).Any(n => IsCandidate(quantity, n));

    private static string Cure(ColumnQuantity quantity) =>
        $"write {quantity.Option} NAME, or call the column {quantity.Example}" + (quantity == ColumnQuantity.Current ? ", or give --current-value 1mA" : "");

    private Column? Wanted(ColumnQuantity quantity, string wanted, ProblemList problems)
    {
        var index = IndexOf(wanted);
        if (index is null)
        {
            problems.Add(Line, 1, quantity.Option, wanted, $"is no column of this file, which has {Quoted(Enumerable.Range(0, Names.Count))}", "write one of them, or its number");
            return null;
        }

        if (UnitOf(quantity, index.Value) is { } unit && FactorOf(quantity, index.Value) is null && Names[index.Value].Length > 0)
        {
            problems.Add(
                Line, 1, quantity.Option, wanted, $"is in '{unit}', which is no unit of {quantity.Word}",
                $"units of {quantity.Word} are {string.Join(", ", quantity.Units.Keys.Where(u => u.Length <= 3))}");
            return null;
        }

        return At(quantity, index.Value);
    }

    private Column At(ColumnQuantity quantity, int index)
    {
        var clock = First[index].Contains(':', StringComparison.Ordinal);
        return new Column(index, FactorOf(quantity, index) ?? 1, clock || FactorOf(quantity, index) is not null);
    }

    private int? IndexOf(string wanted)
    {
        foreach (var comparison in new[] { StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase })
        {
            for (var n = 0; n < Names.Count; n++)
            {
                if (Names[n].Equals(wanted.Trim(), comparison))
                    return n;
            }
        }

        var width = Math.Max(Names.Count, First.Count);
        return int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= width ? number - 1 : null;
    }

    private bool IsCandidate(ColumnQuantity quantity, int index)
    {
        if (index >= First.Count || !quantity.IsName(HeaderName.Parse(Names[index], quantity.Units).Name))
            return false;
        return (UnitOf(quantity, index) is null || FactorOf(quantity, index) is not null)
            && NumberField.TryReadTime(System.Text.Encoding.UTF8.GetBytes(First[index]), out _, out var clock)
            && (!clock || quantity == ColumnQuantity.Time);
    }

    private string? UnitOf(ColumnQuantity quantity, int index) =>
        HeaderName.Parse(Names[index], quantity.Units).Unit ?? (index < Units.Count && Units[index].Length > 0 ? HeaderName.Plain(Units[index].Trim('(', ')', '[', ']')) : null);

    private double? FactorOf(ColumnQuantity quantity, int index) =>
        UnitOf(quantity, index) is { } unit && quantity.Units.TryGetValue(unit, out var factor) ? factor : null;

    private string Quoted(IEnumerable<int> columns)
    {
        var names = columns.Select(n => $"'{Names[n]}'").ToList();
        return string.Join(", ", names.Take(30)) + (names.Count > 30 ? $" and {names.Count - 30} more" : "");
    }

    private static string Shell(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') ? name : $"\"{name}\"";
}
