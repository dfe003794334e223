using CyclerControl.Core.Channels;

namespace CyclerControl.Service.Locks;

/// <summary>
/// One owner per physical instrument of this machine, among all users and whatever their data folders: two programs that each set limits and
/// switch outputs would undo each other's. Simulated instruments of this process need none, and neither do channels that are only watched.
/// </summary>
public sealed class InstrumentLocks : IDisposable
{
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.StickyBit;

    private readonly List<OwnedFile> _held = [];

    /// <summary>Where the locks of this machine are: the same for every user, so it does not ask where one of them may write.</summary>
    public static string MachineFolder { get; } =
        OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "CyclerControl", "locks")
        : IsForAll("/run/lock") ? "/run/lock/cyclercontrol"
        : "/tmp/cyclercontrol-locks";

    /// <summary>Takes all of them or none.</summary>
    /// <param name="links">Instruments of the station.</param>
    /// <param name="time">Real time.</param>
    /// <param name="folder">Of the locks; null: <see cref="MachineFolder"/>.</param>
    /// <exception cref="HeldElsewhereException">Somebody has one of them, or the folder of the locks cannot be used.</exception>
    public static InstrumentLocks Take(IEnumerable<IInstrumentLink> links, TimeProvider time, string? folder = null)
    {
        folder ??= MachineFolder;
        var locks = new InstrumentLocks();
        try
        {
            foreach (var link in links.Where(l => !l.IsSimulated && !l.Capabilities.IsWatched))
            {
                locks.Take(link, LockOwner.Self(time), folder);
            }

            return locks;
        }
        catch
        {
            locks.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var file in _held)
        {
            file.Dispose();
        }

        _held.Clear();
    }

    private void Take(IInstrumentLink link, LockOwner owner, string folder)
    {
        var address = link.Address;
        var place = link.Place ?? InstrumentPlace.Normal(address.Connect);
        try
        {
            Make(folder);
            var path = Path.Combine(folder, InstrumentPlace.FileName(place));
            _held.Add(OwnedFile.TryTake(path, owner) ?? throw Refusal(address, place, OwnedFile.Look(path).Owner));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HeldElsewhereException(
                $"{address.Name}: whether another program uses {place} cannot be found out, because {folder} cannot be used ({e.Message}); make it writable for everybody who uses instruments (mode 1777)", e);
        }
    }

    private static HeldElsewhereException Refusal(InstrumentAddress address, string place, LockOwner? owner) => new(
        owner?.Pid == Environment.ProcessId
            ? $"{address.Name}: {place} is in this station twice; give each instrument once"
            : $"{address.Name}: {place} is in use by {owner?.ToString() ?? "another process"}; two programs on one instrument would undo each other's limits: end that one first, or start the run through its service with 'cycler start'");

    private static void Make(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, ForAll);
        }
    }

    private static bool IsForAll(string folder) =>
        !OperatingSystem.IsWindows() && Directory.Exists(folder) && File.GetUnixFileMode(folder).HasFlag(UnixFileMode.OtherWrite);
}
