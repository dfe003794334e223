using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Protocols;

/// <summary>The charge that a cell can hold, where it is known: the base of the implied <c>within</c> and of estimates.</summary>
public static class CellCharge
{
    /// <summary>
    /// Ah; null where unknown. A full cell holds its nominal capacity (else what 1C moves in 1 h). Between lithium electrodes it is the
    /// lithium of both; a collector starts empty, so that on a half cell the counter electrode's is enough.
    /// </summary>
    public static double? AmpHours(CellSpec cell)
    {
        if (cell.Kind is not (CellKind.Symmetric or CellKind.Half))
        {
            return cell.NominalAmpHours ?? cell.OneCAmperes;
        }

        return cell.Kind == CellKind.Half
            ? cell.CounterLithiumAmpHours + (cell.WorkingLithiumAmpHours ?? 0)
            : cell.CounterLithiumAmpHours + cell.WorkingLithiumAmpHours;
    }
}
