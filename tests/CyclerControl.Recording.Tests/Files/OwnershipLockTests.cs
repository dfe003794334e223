using CyclerControl.Recording.Files;

namespace CyclerControl.Recording.Tests.Files;

public sealed class OwnershipLockTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    private string LockFile => Path.Combine(temporary.Path, "some.lock");

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void TryTakeFile_Held_IsNullUntilItIsGivenUp()
    {
        var first = OwnershipLock.TryTakeFile(LockFile);
        Assert.NotNull(first);
        Assert.True(OwnershipLock.IsFileHeld(LockFile));
        Assert.Null(OwnershipLock.TryTakeFile(LockFile));

        first.Dispose();

        Assert.False(OwnershipLock.IsFileHeld(LockFile));
        using var second = OwnershipLock.TryTakeFile(LockFile);
        Assert.NotNull(second);
    }

    [Fact]
    public void Remove_Taken_LeavesNoFileAndRoomForTheNext()
    {
        OwnershipLock.TryTakeFile(LockFile)!.Remove();

        Assert.False(File.Exists(LockFile));
        using var next = OwnershipLock.TryTakeFile(LockFile);
        Assert.NotNull(next);
    }

    [Fact]
    public void TryTakeFile_LeftBehindByAProcessThatDied_IsTaken()
    {
        File.WriteAllText(LockFile, "");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(LockFile, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        using var taken = OwnershipLock.TryTakeFile(LockFile);

        Assert.NotNull(taken);
        Assert.Null(OwnershipLock.TryTakeFile(LockFile));
    }

    [Fact]
    public void TryTakeFile_NoSuchFolder_SaysSoInsteadOfHeld() =>
        Assert.Throws<DirectoryNotFoundException>(() => OwnershipLock.TryTakeFile(Path.Combine(temporary.Path, "none", "some.lock")));

    [Fact]
    public async Task TryTakeFile_ManyTakersWhoRemoveIt_NeverTwoOwners()
    {
        var owners = 0;
        var most = 0;
        var taken = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                if (OwnershipLock.TryTakeFile(LockFile) is not { } held)
                    continue;
                InterlockedMax(ref most, Interlocked.Increment(ref owners));
                Interlocked.Increment(ref taken);
                Interlocked.Decrement(ref owners);
                held.Remove();
            }
        })));

        Assert.True(taken > 0);
        Assert.Equal(1, most);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
            Interlocked.CompareExchange(ref target, value, seen);
    }
}
