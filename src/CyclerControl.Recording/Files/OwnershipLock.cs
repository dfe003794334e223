namespace CyclerControl.Recording.Files;

/// <summary>
/// The right to something that only one may have: an exclusively locked file, which the system releases when the process dies. For a run it
/// lies beside the run file (SQLite itself lets a second writer process in).
/// </summary>
public sealed class OwnershipLock : IDisposable
{
    public const string FileName = "run.lock";

    /// <summary>Each further one is due to somebody who removed or made the file in between.</summary>
    private const int Attempts = 20;

    private readonly string path;
    private readonly FileStream stream;

    private OwnershipLock(string path, FileStream stream)
    {
        this.path = path;
        this.stream = stream;
    }

    /// <summary>The lock of a run. Null when another process (or another part of this one) holds it.</summary>
    public static OwnershipLock? TryTake(string folder) => TryTakeFile(Path.Combine(folder, FileName));

    /// <summary>Null when another process (or another part of this one) holds it.</summary>
    /// <param name="file">The file to be locked; made where it is missing. Another user's is as good.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It can be neither written nor read.</exception>
    public static OwnershipLock? TryTakeFile(string file)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var isThere = File.Exists(file);
            try
            {
                var opened = isThere ? OpenExisting(file) : Open(file, FileMode.CreateNew, FileAccess.ReadWrite);
                if (!IsRemoved(opened))
                    return new OwnershipLock(file, opened);
                opened.Dispose();
            }
            catch (FileNotFoundException)
            {
                // Its owner removed it meanwhile.
            }
            catch (IOException) when (isThere)
            {
                if (File.Exists(file))
                    return null;
            }
            catch (IOException e) when (e is not DirectoryNotFoundException && attempt + 1 < Attempts)
            {
                // Somebody else made it meanwhile.
            }
        }

        return null;
    }

    /// <summary>Whether somebody is writing the run in the folder.</summary>
    public static bool IsHeld(string folder) => IsFileHeld(Path.Combine(folder, FileName));

    /// <summary>Whether somebody holds the lock.</summary>
    public static bool IsFileHeld(string file)
    {
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

    /// <summary>Removes the file while it is still locked, then gives it up: nobody owns what it stood for any more.</summary>
    public void Remove()
    {
        if (OperatingSystem.IsWindows())
        {
            stream.Dispose();
            TryDelete();
            return;
        }

        TryDelete();
        stream.Dispose();
    }

    public void Dispose() => stream.Dispose();

    /// <summary>Not "open or create": in a folder that all may write, Linux refuses that for a file of another user.</summary>
    private static FileStream OpenExisting(string file)
    {
        try
        {
            return Open(file, FileMode.Open, FileAccess.ReadWrite);
        }
        catch (UnauthorizedAccessException)
        {
            return Open(file, FileMode.Open, FileAccess.Read); // What another user's process left behind can be locked all the same.
        }
    }

    private static FileStream Open(string file, FileMode mode, FileAccess access) => new(file, mode, access, FileShare.None, bufferSize: 1);

    /// <summary>Opened before its owner removed it, locked after: a lock on a file that nobody finds any more keeps nobody out.</summary>
    private static bool IsRemoved(FileStream stream) =>
        OperatingSystem.IsLinux()
        && new FileInfo(FormattableString.Invariant($"/proc/self/fd/{stream.SafeFileHandle.DangerousGetHandle()}")).LinkTarget is { } target
        && target.EndsWith(" (deleted)", StringComparison.Ordinal);

    /// <summary>A file of another user, or one that the next owner has opened already, stays: unlocked, it means nothing.</summary>
    private void TryDelete()
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // See above.
        }
    }
}
