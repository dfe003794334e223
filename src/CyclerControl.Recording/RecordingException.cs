namespace CyclerControl.Recording;

/// <summary>Something about the data folder or a run file that the user can do something about: what, where, cure.</summary>
public sealed class RecordingException : Exception
{
    public RecordingException()
    {
    }

    public RecordingException(string message)
        : base(message)
    {
    }

    public RecordingException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
