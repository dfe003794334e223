namespace CyclerControl.Recording.Files;

/// <summary>The folder of one run, owned by this process until it is disposed of.</summary>
public sealed class RunFolder : IDisposable
{
    /// <summary>Name of the run file in the folder.</summary>
    public const string RunFileName = "run.sqlite";

    private readonly OwnershipLock ownership;

    private RunFolder(string path, OwnershipLock ownership)
    {
        Path = path;
        this.ownership = ownership;
    }

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>The folder's name.</summary>
    public string RunId => System.IO.Path.GetFileName(Path);

    public string RunFilePath => System.IO.Path.Combine(Path, RunFileName);

    /// <exception cref="RecordingException">Another process is writing this run.</exception>
    public static RunFolder Own(string path) =>
        TryOwn(path) ?? throw new RecordingException(
            $"{path}: this run is being recorded by another process; wait until it has ended, or stop it");

    internal static RunFolder? TryOwn(string path)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        try
        {
            return OwnershipLock.TryTake(full) is { } ownership ? new RunFolder(full, ownership) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException($"{full}: cannot be written ({e.Message}); check that the folder exists and its permissions", e);
        }
    }

    /// <summary>The run is finished: nobody owns it any more.</summary>
    internal void Release() => ownership.Remove();

    public void Dispose() => ownership.Dispose();
}
