using CyclerControl.Core.Channels;

namespace CyclerControl.Instruments.Dialects.Land;

/// <summary>A protocol that somebody has programmed at the instrument's own software: of each recorded step only its direction is known.</summary>
internal sealed record WatchedSchedule : CompiledSchedule
{
    /// <summary>Place of a direction in <see cref="CompiledSchedule.Steps"/>.</summary>
    public static int PlaceOf(int direction) => direction + 1;
}
