using System.Globalization;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Detection;

namespace CyclerControl.Cli.Output;

/// <summary>A detection as one line for the person at the bench.</summary>
internal static class DetectionText
{
    public static string Line(DetectionEvent detection, in ChannelSnapshot snapshot)
    {
        var kind = detection.Kind switch
        {
            DetectionKind.HardShort => "HARD SHORT",
            DetectionKind.SoftShort => "SOFT SHORT",
            DetectionKind.OhmicFloor => "below the ohmic floor",
            _ => "contact loss",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{RunProgress.Duration(detection.TimeSeconds)}  {kind} in half-cycle {snapshot.HalfCycle} at {detection.Amperes * 1000:0.000} mA: {detection.Explanation}");
    }
}
