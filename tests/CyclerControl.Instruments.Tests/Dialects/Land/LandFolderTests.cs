using CyclerControl.Instruments.Dialects.Land;

namespace CyclerControl.Instruments.Tests.Dialects.Land;

public sealed class LandFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("land folder ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Newest_OfSeveralTests_IsTheOneThatBeganLastWhateverWasWrittenLast()
    {
        Write("old_012_1.cex", Cex(12, minutes: 0), writtenMinute: 59);
        Write("new_012_2.cex", Cex(12, minutes: 30), writtenMinute: 31);
        Write("middle_12_3.cex", Cex(12, minutes: 20), writtenMinute: 40);
        Write("other_013_1.cex", Cex(13, minutes: 50), writtenMinute: 58);
        Write("new_112_1.cex", Cex(112, minutes: 55), writtenMinute: 57);
        var found = new LandFolder(_folder, LandFormat.Cex).Newest(12);
        Assert.Equal("new_012_2.cex", Path.GetFileName(found.Path));
        Assert.EndsWith(", file new_012_2.cex", found.Message, StringComparison.Ordinal);
        Assert.Equal(12, found.Head!.Channel);
    }

    [Fact]
    public void Newest_FileSaysAnotherChannel_IsRefusedWithWords()
    {
        Write("a_012_1.cex", Cex(13, minutes: 0), writtenMinute: 0);
        var found = new LandFolder(_folder, LandFormat.Cex).Newest(12);
        Assert.Null(found.Path);
        Assert.True(found.IsReachable);
        Assert.Equal($"'{_folder}' has no file of channel 12 that can be taken: 'a_012_1.cex' says that it is of channel 13", found.Message);
        Write("b_012_2.cex", Cex(12, minutes: 0), writtenMinute: 0);
        Assert.Equal("b_012_2.cex", Path.GetFileName(new LandFolder(_folder, LandFormat.Cex).Newest(12).Path));
    }

    [Fact]
    public void Newest_FileIsWrittenAgain_IsLookedIntoAgain()
    {
        var folder = new LandFolder(_folder, LandFormat.Cex);
        Write("a_012_1.cex", Cex(12, minutes: 0), writtenMinute: 0);
        Assert.NotNull(folder.Newest(12).Path);
        Write("a_012_1.cex", Cex(13, minutes: 0), writtenMinute: 1);
        Assert.Null(folder.Newest(12).Path);
        Write("a_012_1.cex", [.. Cex(12, minutes: 0), .. new byte[16]], writtenMinute: 1);
        Assert.NotNull(folder.Newest(12).Path);
    }

    [Fact]
    public void Newest_LongBeginningBeforeTheHeader_IsReadOnUntilTheHead()
    {
        Write("a_3.csv", LandFiles.Text(string.Concat(Enumerable.Repeat(new string('x', 99) + "\n", 200)) + LandFiles.Csv), writtenMinute: 0);
        Assert.Equal(3, new LandFolder(_folder, LandFormat.LandtCsv).Newest(3).Head!.Channel);
    }

    [Fact]
    public void Newest_CsvOfAnotherChannel_IsRefusedWithWords()
    {
        Write("a_4.csv", LandFiles.Text(LandFiles.Csv), writtenMinute: 0);
        Write("b_3.csv", LandFiles.Text(LandFiles.Csv), writtenMinute: 0);
        var folder = new LandFolder(_folder, LandFormat.LandtCsv);
        Assert.Contains("'a_4.csv' says that it is of channel 3", folder.Newest(4).Message, StringComparison.Ordinal);
        Assert.Equal("b_3.csv", Path.GetFileName(folder.Newest(3).Path));
    }

    [Fact]
    public void Newest_FilesThatSayNothing_IsTheOneWrittenLast()
    {
        Write("a_1.txt", [], writtenMinute: 5);
        Write("b_1.txt", [], writtenMinute: 7);
        Write("c_1.txt", [], writtenMinute: 6);
        var found = new LandFolder(_folder, LandFormat.LandtTxt).Newest(1);
        Assert.Equal("b_1.txt", Path.GetFileName(found.Path));
        Assert.Null(found.Head);
        Assert.Equal("'b_1.txt' holds nothing yet", found.Message);
    }

    [Fact]
    public void Newest_FileThatIsNoTestFile_IsRefusedWithItsProblem()
    {
        Write("a_001_1.cex", LandFiles.Text("PK is what archives begin with, and this is long enough to be looked at."), writtenMinute: 0);
        Assert.EndsWith(
            "'a_001_1.cex', byte 0: a .cex file begins with 10 11 09 88, and this one with 504B2069", new LandFolder(_folder, LandFormat.Cex).Newest(1).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Newest_NothingThere_SaysWhatWasLookedFor() =>
        Assert.Equal($"'{_folder}' has no file '*_{{channel}}_*.cex' of channel 7", new LandFolder(_folder, LandFormat.Cex).Newest(7).Message);

    [Fact]
    public void Newest_FolderIsAway_IsNotReachable()
    {
        var found = new LandFolder(Path.Combine(_folder, "away"), LandFormat.Cex).Newest(1);
        Assert.False(found.IsReachable);
        Assert.EndsWith("; is the share mounted?", found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*{channel}*.cex", "Box 12 cell.cex", true)]
    [InlineData("*{channel}*.cex", "Box 112 cell.cex", false)]
    [InlineData("*{channel}*.cex", "Box 120 cell.cex", false)]
    [InlineData("*{channel}.cex", "12.CEX", true)]
    [InlineData("ch{channel}+(x).cex", "ch012+(x).cex", true)]
    [InlineData("ch{channel}.cex", "ch012xcex", false)]
    [InlineData("*_{channel}_*.cex", "ZMO_A0.2_0.2mA cm2_012_1~2.cex", true)]
    public void Pattern_MatchesTheNumberOnly(string pattern, string name, bool matches)
    {
        Write(name, Cex(12, minutes: 0), writtenMinute: 0);
        Assert.Equal(matches, new LandFolder(_folder, LandFormat.Cex, pattern).Newest(12).Path is not null);
    }

    [Theory]
    [InlineData("*.cex", "'*.cex' does not say where the channel's number is; write {channel}, like \"*_{channel}.csv\"")]
    [InlineData("../{channel}.cex", "'../{channel}.cex' names a folder; name files only, like \"*_{channel}.csv\"")]
    [InlineData("*_{channel}.cex", null)]
    public void Check_Pattern_SaysWhatIsWrong(string pattern, string? problem) => Assert.Equal(problem, LandFolder.Check(pattern));

    private static byte[] Cex(int channel, int minutes)
    {
        var bytes = LandFiles.Cex.ToArray();
        bytes[8] = (byte)(channel - 1);
        _ = BitConverter.TryWriteBytes(bytes.AsSpan(0x10), BitConverter.ToUInt32(bytes, 0x10) + (60 * minutes));
        return bytes;
    }

    private void Write(string name, byte[] bytes, int writtenMinute)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 7, 16, 5, writtenMinute, 0, DateTimeKind.Utc));
    }
}
