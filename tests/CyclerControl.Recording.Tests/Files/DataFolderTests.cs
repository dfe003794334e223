using CyclerControl.Core.Channels;
using CyclerControl.Recording.Files;

namespace CyclerControl.Recording.Tests.Files;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void RunId_New_HasTimeChannelAndTail() =>
        Assert.Matches("^20260304-050607-demo-3-[0-9a-z]{4}$", RunId.New(new ManualTime(), new ChannelId("demo", 3), new Random(1)));

    [Theory]
    [InlineData("a:b*c", "a_b_c")]
    [InlineData("../../etc", ".._.._etc")]
    [InlineData("Zelle Ä", "Zelle__")]
    public void RunId_OddInstrumentName_IsSafeAsFolderName(string instrument, string expected) =>
        Assert.StartsWith($"20260304-050607-{expected}-1-", RunId.New(new ManualTime(), new ChannelId(instrument, 1), new Random(1)), StringComparison.Ordinal);

    [Fact]
    public void CreateRun_SameRandomTail_TakesAnother()
    {
        using var first = temporary.NewRun(seed: 7);
        using var second = temporary.NewRun(seed: 7);
        Assert.NotEqual(first.RunId, second.RunId);
        Assert.True(Directory.Exists(second.Path));
    }

    [Fact]
    public void Open_PathIsAFile_SaysWhatAndWhatToDo()
    {
        var file = Path.Combine(temporary.Path, "file");
        File.WriteAllText(file, "");
        var refused = Assert.Throws<RecordingException>(() => DataFolder.Open(file));
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be written", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--data", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/home/lab/data", "nfs4")]
    [InlineData("/home/lab", "nfs4")]
    [InlineData("/home/laboratory/data", null)]
    [InlineData("/home/lab/local/data", null)]
    [InlineData("/mnt/my share/x", "cifs")]
    [InlineData("/var", null)]
    [InlineData("/remote/x", "fuse.sshfs")]
    public void NetworkMounts_DeepestMountDecides(string path, string? expected)
    {
        string[] mounts =
        [
            "/dev/vda / ext4 rw 0 0",
            "server:/lab /home/lab nfs4 rw 0 0",
            "/dev/sdb /home/lab/local ext4 rw 0 0",
            "//server/x /mnt/my\\040share cifs rw 0 0",
            "me@host: /remote fuse.sshfs rw 0 0",
        ];
        Assert.Equal(expected, NetworkMounts.TypeIn(mounts, path));
    }
}
