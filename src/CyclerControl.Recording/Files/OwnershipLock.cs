namespace CyclerControl.Recording.Files;

/// <summary>
/// The right to write one run: an exclusively locked file beside it, which the system releases when the process dies. (SQLite itself lets a
/// second writer process in.)
/// </summary>
internal sealed class OwnershipLock : IDisposable
{
    public const string FileName = "run.lock";
    private readonly string path;
    private readonly FileStream stream;

    private OwnershipLock(string path, FileStream stream)
    {
        this.path = path;
        this.stream = stream;
    }

    /// <summary>Null when another process (or another part of this one) holds it.</summary>
    public static OwnershipLock? TryTake(string folder)
    {
        var file = Path.Combine(folder, FileName);
        try
        {
            return new OwnershipLock(file, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
        }
        catch (IOException) when (File.Exists(file))
        {
            return null;
        }
    }

    /// <summary>Whether somebody is writing the run in the folder.</summary>
    public static bool IsHeld(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
            return false;
        try
        {
            using var probe = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Removes the file while it is still locked, then gives it up: the run is finished and has no owner any more.</summary>
    public void Remove()
    {
        if (OperatingSystem.IsWindows())
        {
            stream.Dispose();
            File.Delete(path);
            return;
        }

        File.Delete(path);
        stream.Dispose();
    }

    public void Dispose() => stream.Dispose();
}
