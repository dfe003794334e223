using CyclerControl.Simulation.Shorts;

namespace CyclerControl.Simulation.Cells;

/// <summary>What the model did, for scoring a detector against: nothing of it is visible at the terminals.</summary>
public sealed class CellTruth
{
    private readonly ShortProcess _process;

    internal CellTruth(ShortProcess process) => _process = process;

    /// <summary>0 healthy; 1 shorted; 2 a soft or telegraph short has turned hard.</summary>
    public int ShortCount => _process.OnsetCount;

    /// <summary>The first onset; null while the cell is healthy.</summary>
    public ShortOnset? FirstShort => _process.OnsetCount > 0 ? _process.Onset(0) : null;

    /// <summary>Conductance of the electronic path now, S.</summary>
    public double PathSiemens => _process.Siemens;

    /// <summary>This cell's own threshold q1, mAh/cm2.</summary>
    public double ThresholdMilliampHoursPerSquareCentimetre => _process.ThresholdAtReference;

    /// <param name="index">0 or 1, below <see cref="ShortCount"/>.</param>
    public ShortOnset Short(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _process.OnsetCount);
        return _process.Onset(index);
    }
}
