using CyclerControl.Core.Channels;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Detection;

/// <summary>Whether the detector can see a hard short at present.</summary>
/// <param name="Armed">False: blind, for the reason given.</param>
/// <param name="ExpectedVolts">|V| that the model expects, V; null before there is a model.</param>
/// <param name="FloorVolts">|V| below which nothing can be told, V.</param>
public readonly record struct ArmingState(bool Armed, double? ExpectedVolts, double FloorVolts);

/// <summary>Watches every sample of one run. Pure: samples in, detection out; no clock, no allocation while it finds nothing. One thread.</summary>
public sealed class ShortCircuitDetector
{
    private readonly CellSpec _cell;
    private readonly double _voltageOffsetVolts;

    /// <param name="cell">Area, kind and bulk resistance are used where given.</param>
    /// <param name="voltageOffsetVolts">Offset uncertainty of the channel's voltage reading, V.</param>
    public ShortCircuitDetector(CellSpec cell, double voltageOffsetVolts)
    {
        _cell = cell;
        _voltageOffsetVolts = voltageOffsetVolts;
    }

    public ArmingState Arming => new(false, null, 5 * _voltageOffsetVolts);

    /// <summary>A programmed change: everything about the present set-point is reset, then blanked.</summary>
    public void BeginSegment(in Segment segment) => _ = (_cell, segment);

    /// <summary>Looks at samples in order of time, all of the present segment; returns the most severe new detection, or null.</summary>
    public DetectionEvent? Observe(ReadOnlySpan<Sample> samples) {
        _ = (_cell, samples.Length);
        return null;
    }
}
