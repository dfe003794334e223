using CyclerControl.Recording.Files;

namespace CyclerControl.Service.Locks;

/// <summary>
/// A lock with a name plate: <c>NAME.lock</c> is locked, <c>NAME.owner</c> says in JSON who holds it (a locked file cannot be read by others
/// everywhere). The plate of a process that died is overwritten by the next owner, and means nothing until then.
/// </summary>
internal sealed class OwnedFile : IDisposable
{
    private const string PlateExtension = ".owner";
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly OwnershipLock _lock;
    private readonly string _plate;

    private OwnedFile(OwnershipLock taken, string plate)
    {
        _lock = taken;
        _plate = plate;
    }

    /// <summary>Null when somebody holds it.</summary>
    public static OwnedFile? TryTake(string file, LockOwner owner)
    {
        if (OwnershipLock.TryTakeFile(file) is not { } taken)
        {
            return null;
        }

        OpenToAll(file); // Left behind by a process that died, it must not keep another user out, whatever this one's umask.
        var owned = new OwnedFile(taken, PlateOf(file));
        owned.Tell(owner);
        return owned;
    }

    /// <summary>Who holds it: null when nobody does, and a null owner when somebody does who cannot be named.</summary>
    public static (bool IsHeld, LockOwner? Owner) Look(string file) =>
        OwnershipLock.IsFileHeld(file) ? (true, ReadPlate(PlateOf(file))) : (false, null);

    /// <summary>A plate that cannot be written is no reason to give up what is locked.</summary>
    public void Tell(LockOwner owner)
    {
        try
        {
            using (var stream = new FileStream(_plate, File.Exists(_plate) ? FileMode.Truncate : FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite))
            {
                stream.Write(owner.ToJson());
            }

            OpenToAll(_plate);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // See above.
        }
    }

    public void Dispose()
    {
        try
        {
            File.Delete(_plate);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's: the lock alone decides.
        }

        _lock.Remove();
    }

    private static void OpenToAll(string file)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, ForAll);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user made it, and has done so.
        }
    }

    private static string PlateOf(string file) => Path.ChangeExtension(file, PlateExtension);

    private static LockOwner? ReadPlate(string plate)
    {
        try
        {
            return LockOwner.FromJson(File.ReadAllText(plate));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
