namespace CyclerControl.Instruments.Dialects.Land;

/// <summary>What a look at a file found.</summary>
internal enum LandFileState
{
    /// <summary>It is the file that it was; it may have got longer. Nothing in it says that a test is over.</summary>
    Growing,

    /// <summary>What was read is not in it any more: another test, or an altered one. For good.</summary>
    Replaced,

    /// <summary>Its folder is there, and it is not.</summary>
    Gone,

    /// <summary>It holds something that we can't read. For good.</summary>
    Unreadable,

    /// <summary>The folder, the share or the file cannot be reached: a fault of the link, which may be over at the next look.</summary>
    Unreachable,
}

/// <summary>New records of a file.</summary>
/// <param name="Count">How many, oldest first.</param>
/// <param name="More">There are more now.</param>
/// <param name="State">Counts when <paramref name="More"/> is false; rows that came with it are sound.</param>
/// <param name="Message">Why, in words, where the state is not <see cref="LandFileState.Growing"/>; what is odd about it otherwise; null: nothing.</param>
internal readonly record struct LandPage(int Count, bool More, LandFileState State, string? Message);
