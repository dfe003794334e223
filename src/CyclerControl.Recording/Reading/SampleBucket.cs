namespace CyclerControl.Recording.Reading;

/// <summary>Consecutive sample rows in one: what a plot needs of them, so that no peak is lost.</summary>
/// <param name="FirstSeq">Sequence number of the first row.</param>
/// <param name="Rows">How many.</param>
/// <param name="FirstNanoseconds">Test time of the first, ns.</param>
/// <param name="LastNanoseconds">Test time of the last, ns.</param>
/// <param name="MinVolts">V.</param>
/// <param name="MaxVolts">V.</param>
/// <param name="MinAmperes">A.</param>
/// <param name="MaxAmperes">A.</param>
public readonly record struct SampleBucket(
    long FirstSeq, long Rows, long FirstNanoseconds, long LastNanoseconds, double MinVolts, double MaxVolts, double MinAmperes, double MaxAmperes)
{
    /// <summary>Both in one; <paramref name="next"/> follows.</summary>
    public SampleBucket With(in SampleBucket next) => new(
        FirstSeq,
        Rows + next.Rows,
        FirstNanoseconds,
        next.LastNanoseconds,
        Math.Min(MinVolts, next.MinVolts),
        Math.Max(MaxVolts, next.MaxVolts),
        Math.Min(MinAmperes, next.MinAmperes),
        Math.Max(MaxAmperes, next.MaxAmperes));
}
