using System.Globalization;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Detection;

namespace CyclerControl.Cli.Output;

/// <summary>A detection as one line for the person at the bench: when, where, at what current, and the evidence.</summary>
internal static class DetectionText
{
    public static string Line(DetectionEvent detection, in ChannelSnapshot snapshot, RunProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"{RunProgress.Duration(detection.TimeSeconds)}  half-cycle {snapshot.HalfCycle,3}  at {progress.Current(Math.Abs(detection.Amperes))}: {detection.Explanation}");
}
