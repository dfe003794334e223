using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Protocols;

/// <summary>Turns the amounts of a protocol into A and Ah on one cell; a missing cell quantity becomes a problem.</summary>
internal sealed class AmountResolver(CellSpec cell, CompileFindings findings)
{
    public CellSpec Cell => cell;

    /// <summary>A, Ah, V or s; 0 after a problem was added.</summary>
    public double Resolve(Amount amount) => Resolve(amount.Quantity, amount.Node);

    public double? ResolveOrNull(Amount? amount) => amount is null ? null : Resolve(amount);

    public double Resolve(Quantity quantity, Documents.ScalarNode node)
    {
        var resolved = CellAmounts.Resolve(quantity, cell);
        if (resolved.Missing is { } key)
        {
            var what = key == "one_c" ? "one_c or nominal_capacity" : key;
            findings.Missing(key, findings.Make(node, $"needs the cell's {what}, and nobody gave it", $"write --cell {CellKeys.Example(key)}"));
        }

        return resolved.Value ?? 0;
    }
}
