namespace CyclerControl.Recording.Writing;

/// <summary>Monotonic wall time as a number.</summary>
internal static class WallTime
{
    public static long NowNanoseconds(this TimeProvider time) => time.GetElapsedTime(0, time.GetTimestamp()).Ticks * 100;
}
