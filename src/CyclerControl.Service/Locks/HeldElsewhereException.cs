namespace CyclerControl.Service.Locks;

/// <summary>An instrument or a data folder belongs to another process; the message says which, to whom, and what to do.</summary>
public sealed class HeldElsewhereException : Exception
{
    public HeldElsewhereException()
    {
    }

    public HeldElsewhereException(string message)
        : base(message)
    {
    }

    public HeldElsewhereException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
