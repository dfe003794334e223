namespace CyclerControl.Service.Locks;

/// <summary>The right of one service to one data folder: <c>serve.lock</c> in it, with <c>serve.owner</c> beside it.</summary>
public sealed class ServiceLock : IDisposable
{
    public const string FileName = "serve.lock";

    private readonly OwnedFile _file;
    private LockOwner _owner;

    private ServiceLock(OwnedFile file, LockOwner owner)
    {
        _file = file;
        _owner = owner;
    }

    /// <param name="folder">Full path of the data folder.</param>
    /// <param name="url">Where the service answers; null while it is not known, see <see cref="Tell"/>.</param>
    /// <param name="time">Real time.</param>
    /// <exception cref="HeldElsewhereException">Another service has this folder.</exception>
    public static ServiceLock Take(string folder, string? url, TimeProvider time)
    {
        var owner = LockOwner.Self(time, url);
        return OwnedFile.TryTake(PathIn(folder), owner) is { } file
            ? new ServiceLock(file, owner)
            : throw new HeldElsewhereException(
                $"{folder}: another service has this data folder: {Words(OwnerOf(folder))}; ask that one, stop it first, or choose another folder with --data");
    }

    /// <summary>The service on a data folder that others may find running; null when there is none.</summary>
    public static LockOwner? OwnerOf(string folder) =>
        OwnedFile.Look(PathIn(folder)) is (true, var owner) ? owner ?? new LockOwner(0, null, DateTimeOffset.UnixEpoch) : null;

    /// <summary>For those who would work on the folder beside a service.</summary>
    /// <exception cref="HeldElsewhereException">A service has it.</exception>
    public static void RefuseBeside(string folder)
    {
        if (OwnerOf(folder) is { } owner)
        {
            throw new HeldElsewhereException(
                $"{folder}: a service has this data folder: {Words(owner)}; start runs on its channels with 'cycler start', stop it first, or choose another folder with --data");
        }
    }

    /// <summary>Where the service answers, once it is known.</summary>
    public void Tell(string url)
    {
        _owner = _owner with { Url = url };
        _file.Tell(_owner);
    }

    public void Dispose() => _file.Dispose();

    private static string PathIn(string folder) => Path.Combine(folder, FileName);

    private static string Words(LockOwner? owner) => owner is null or { Pid: 0 } ? "a process that does not say who it is" : owner.ToString();
}
