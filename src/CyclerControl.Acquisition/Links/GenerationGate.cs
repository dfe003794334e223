namespace CyclerControl.Acquisition.Links;

/// <summary>Says which generation of a link's loop is the present one. What an abandoned loop still does is refused by everybody who asks.</summary>
public sealed class GenerationGate
{
    private int _present;

    public int Present => Volatile.Read(ref _present);

    public bool IsPresent(int generation) => Volatile.Read(ref _present) == generation;

    /// <summary>Abandons the present generation.</summary>
    /// <returns>The number of the new one.</returns>
    public int BeginNext() => Interlocked.Increment(ref _present);
}

/// <summary>An abandoned loop came back from an exchange: it must touch nothing more, and ends.</summary>
internal sealed class StaleGenerationException : Exception
{
    public StaleGenerationException()
        : base("this loop was abandoned by its supervisor")
    {
    }

    public StaleGenerationException(string message)
        : base(message)
    {
    }

    public StaleGenerationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
