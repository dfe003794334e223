using CyclerControl.Recording.Files;

namespace CyclerControl.Recording.Tests.Files;

public sealed class DiskCheckTests
{
    [Fact]
    public void SyncSeconds_FivePages_AreTimedInOrderAndLeaveNothing()
    {
        var folder = Directory.CreateTempSubdirectory("cycler-disk-").FullName;
        try
        {
            var seconds = DiskCheck.SyncSeconds(folder, most: 5, TimeSpan.FromMinutes(1));

            Assert.Equal(5, seconds.Count);
            Assert.Equal(seconds.Order(), seconds);
            Assert.Empty(Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void SyncSeconds_NoTime_TimesOnePage()
    {
        var folder = Directory.CreateTempSubdirectory("cycler-disk-").FullName;
        try
        {
            Assert.Single(DiskCheck.SyncSeconds(folder, most: 5, TimeSpan.Zero));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
