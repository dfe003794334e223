using CyclerControl.Instruments.Dialects.Land;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Instruments.Tests.Dialects.Land;

/// <summary>A followed file in a real folder: what the vendor's software, people and shares do to it.</summary>
public sealed class LandFileTests : IDisposable
{
    private const double Patience = 30;
    private readonly string _folder = Directory.CreateTempSubdirectory("land test ").FullName;
    private readonly ManualClock _clock = new();
    private readonly LandRow[] _rows = new LandRow[1000];

    private string PathOf(LandFormat format) => Path.Combine(_folder, format == LandFormat.Cex ? "a_012_1.cex" : format == LandFormat.LandtCsv ? "a_3.csv" : "a_3.txt");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Cex")]
    [InlineData("LandtCsv")]
    [InlineData("LandtTxt")]
    public void Read_FileGrowsByOneByteAtATime_GivesEachRecordOnce(string name)
    {
        var format = Enum.Parse<LandFormat>(name);
        var bytes = LandFiles.Of(format);
        var file = Follow(format);
        using var writer = new FileStream(PathOf(format), FileMode.Create, FileAccess.Write, FileShare.Read);
        List<LandRow> all = [];
        foreach (var piece in bytes)
        {
            writer.WriteByte(piece);
            writer.Flush();
            var page = file.Read(all.Count, _rows);
            Assert.Equal(LandFileState.Growing, page.State);
            all.AddRange(_rows[..page.Count]);
        }

        // The last bytes of a record may be zeros, which is told from bytes that are not written yet by what follows.
        writer.Write(format == LandFormat.Cex ? LandFiles.Bytes("CC CC FF FF 88 00 00 00 00 00 00 00 00 00 00 00") : LandFiles.Text("\n"));
        writer.Flush();
        var last = file.Read(all.Count, _rows);
        all.AddRange(_rows[..last.Count]);
        Assert.Equal(LandFiles.Rows(format, bytes, out _), all);
    }

    [Fact]
    public void Read_PagesOfTwo_SayThatThereIsMoreUntilTheEnd()
    {
        Write(LandFormat.LandtCsv, LandFiles.Csv);
        var file = Follow(LandFormat.LandtCsv);
        var page = new LandRow[2];
        List<(int Count, bool More)> pages = [];
        for (long after = 0; pages.Count == 0 || pages[^1].Count > 0; after += pages[^1].Count)
        {
            var read = file.Read(after, page);
            Assert.True(read.Count == 0 || page[0].Number == after + 1);
            pages.Add((read.Count, read.More));
        }

        Assert.Equal([(2, true), (2, true), (2, true), (1, false), (0, false)], pages);
    }

    [Fact]
    public void Read_AfterARestart_GivesTheSameNumbersFromAnyRecordOn()
    {
        Write(LandFormat.Cex, LandFiles.Cex);
        var before = Follow(LandFormat.Cex);
        Assert.Equal(LandFiles.CexRecords, before.Read(0, _rows).Count);
        var whole = _rows[..LandFiles.CexRecords];
        for (var known = 0; known <= LandFiles.CexRecords; known++)
        {
            var after = Follow(LandFormat.Cex);
            var page = after.Read(known, _rows);
            Assert.Equal(whole[known..], _rows[..page.Count]);
            Assert.True(after.Head!.IsOf(before.Ticket!));
            Assert.Equal(2, before.Read(LandFiles.CexRecords - 2, _rows).Count);
        }
    }

    [Fact]
    public void Read_MoreRecordsKnownThanThereAre_IsReplacedOnceItLasts()
    {
        Write(LandFormat.Cex, LandFiles.Cex);
        var file = Follow(LandFormat.Cex);
        AssertReplaced(file, LandFiles.CexRecords + 1, "'a_012_1.cex' has 8 records, and 9 of it are known: it was cut, or is another one");
    }

    [Fact]
    public void Read_LongFile_IsCaughtUpWithInBoundedLooks()
    {
        Write(LandFormat.Cex, [.. LandFiles.Cex, .. LongTail(200_000)]);
        var file = Follow(LandFormat.Cex);
        var looks = 0;
        LandPage page;
        do
        {
            page = file.Read(200_000, _rows);
            looks++;
        }
        while (page is { Count: 0, More: true } && looks < 100);
        Assert.Equal(8, page.Count);
        Assert.False(page.More);
        Assert.Equal(4, looks);
    }

    [Fact]
    public void Read_WrittenAnewWithMore_IsTheSameFile()
    {
        Write(LandFormat.LandtCsv, LandFiles.Csv);
        var file = Follow(LandFormat.LandtCsv);
        Assert.Equal(7, file.Read(0, _rows).Count);
        var other = PathOf(LandFormat.LandtCsv) + ".part";
        File.WriteAllText(other, LandFiles.Csv + "3,2,2,03/04/2026 10:04:00,240.0,60.0,-0.0005,3.0900,0,8.3333e-06,CC DChg\n");
        File.Move(other, PathOf(LandFormat.LandtCsv), overwrite: true);
        var page = file.Read(7, _rows);
        Assert.Equal((1, LandFileState.Growing), (page.Count, page.State));
        Assert.Equal(8, _rows[0].Number);
    }

    [Fact]
    public void Read_CutAndWrittenAnewInTime_GoesOnWithoutADoubleRow()
    {
        Write(LandFormat.LandtCsv, LandFiles.Csv);
        var file = Follow(LandFormat.LandtCsv);
        Assert.Equal(7, file.Read(0, _rows).Count);
        foreach (var length in (int[])[0, 70, 300])
        {
            Write(LandFormat.LandtCsv, LandFiles.Csv[..length]);
            var page = file.Read(7, _rows);
            Assert.Equal((0, LandFileState.Growing), (page.Count, page.State));
            Assert.EndsWith("it was cut, or is another one", page.Message, StringComparison.Ordinal);
            _clock.NowNanoseconds += 5_000_000_000;
        }

        Write(LandFormat.LandtCsv, LandFiles.Csv);
        Assert.Equal(new LandPage(0, false, LandFileState.Growing, null), file.Read(7, _rows));
        _clock.NowNanoseconds += 60_000_000_000;
        Assert.Equal(LandFileState.Growing, file.Read(7, _rows).State);
        Write(LandFormat.LandtCsv, "");
        Assert.Equal(LandFileState.Growing, file.Read(7, _rows).State);
    }

    [Fact]
    public void Read_Cut_IsReplacedOnceItLastsAndForGood()
    {
        Write(LandFormat.Cex, LandFiles.Cex);
        var file = Follow(LandFormat.Cex);
        Assert.Equal(8, file.Read(0, _rows).Count);
        Write(LandFormat.Cex, LandFiles.Cex[..^16]);
        AssertReplaced(file, 8, "'a_012_1.cex' is 464 bytes long, and 480 were read of it: it was cut, or is another one");
        Write(LandFormat.Cex, LandFiles.Cex);
        Assert.Equal(LandFileState.Replaced, file.Read(8, _rows).State);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(0x10)]
    public void Read_AnotherTestUnderTheSameName_IsReplaced(int at)
    {
        Write(LandFormat.Cex, LandFiles.Cex);
        var file = Follow(LandFormat.Cex);
        Assert.Equal(8, file.Read(0, _rows).Count);
        byte[] other = [.. LandFiles.Cex, .. LandFiles.Cex[^16..]];
        other[at]++;
        Write(LandFormat.Cex, other);
        AssertReplaced(file, 8, "'a_012_1.cex' begins otherwise than when it was read: it is of another test now");
        Assert.False(Head(other).IsOf(file.Ticket!));
    }

    [Fact]
    public void Read_AnotherTestWhileItIsReadAgain_IsReplaced()
    {
        Write(LandFormat.Cex, LandFiles.Cex);
        var file = Follow(LandFormat.Cex);
        Assert.Equal(8, file.Read(0, _rows).Count);
        var other = LandFiles.Cex.ToArray();
        other[8]++;
        Write(LandFormat.Cex, other);
        var page = file.Read(3, _rows);
        Assert.Equal((0, LandFileState.Replaced), (page.Count, page.State));
        Assert.Contains("is of another test now: land-cex of channel 13", page.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LastRecordAltered_IsReplaced()
    {
        Write(LandFormat.Cex, LandFiles.Cex);
        var file = Follow(LandFormat.Cex);
        Assert.Equal(8, file.Read(0, _rows).Count);
        byte[] other = [.. LandFiles.Cex, .. LandFiles.Cex[^16..]];
        other[^20]++;
        Write(LandFormat.Cex, other);
        AssertReplaced(file, 8, "'a_012_1.cex' is otherwise before byte 480 than when it was read: it was altered, or is another one");
    }

    [Fact]
    public void Read_SaveTimeInTheBlocksChanges_IsTheSameFile()
    {
        Write(LandFormat.Cex, LandFiles.Cex);
        var file = Follow(LandFormat.Cex);
        Assert.Equal(8, file.Read(0, _rows).Count);
        byte[] saved = [.. LandFiles.Cex, .. LandFiles.Cex[^16..]];
        saved[88]++;
        Write(LandFormat.Cex, saved);
        Assert.Equal((1, LandFileState.Growing, 9), (file.Read(8, _rows) is var page ? page.Count : 0, page.State, _rows[0].Number));
    }

    [Fact]
    public void Read_DeletedAndThereAgain_IsGoneAndGoesOn()
    {
        Write(LandFormat.LandtTxt, LandFiles.Txt);
        var file = Follow(LandFormat.LandtTxt);
        Assert.Equal(6, file.Read(0, _rows).Count);
        File.Delete(PathOf(LandFormat.LandtTxt));
        Assert.Equal(new LandPage(0, false, LandFileState.Growing, "'a_3.txt' is not there any more"), file.Read(6, _rows));
        _clock.NowNanoseconds += (long)(Patience * 1e9);
        Assert.Equal(new LandPage(0, false, LandFileState.Gone, "'a_3.txt' is not there any more"), file.Read(6, _rows));
        Write(LandFormat.LandtTxt, LandFiles.Txt + "7\t2\t2\t240\t60\t8.3E-06\t2.6E-05\t0.0005\t3.09\tD\t1\t2026-03-04 10:04:00\n");
        Assert.Equal(LandFileState.Growing, file.Read(6, _rows).State);
        Assert.Equal(7, _rows[0].Number);
    }

    [Fact]
    public void Read_FolderIsAway_IsUnreachableAtOnceAndGoesOn()
    {
        Write(LandFormat.Cex, LandFiles.Cex);
        var file = Follow(LandFormat.Cex);
        Assert.Equal(8, file.Read(0, _rows).Count);
        Directory.Move(_folder, _folder + "-away");
        var page = file.Read(8, _rows);
        Assert.Equal(LandFileState.Unreachable, page.State);
        Assert.EndsWith("is not there; is the share mounted?", page.Message, StringComparison.Ordinal);
        Directory.Move(_folder + "-away", _folder);
        Assert.Equal(new LandPage(0, false, LandFileState.Growing, null), file.Read(8, _rows));
    }

    [Fact]
    public void Read_AFolderOfThatName_IsUnreachableAndNoException()
    {
        _ = Directory.CreateDirectory(PathOf(LandFormat.Cex));
        var page = Follow(LandFormat.Cex).Read(0, _rows);
        Assert.Equal(LandFileState.Unreachable, page.State);
        Assert.Contains("cannot be read: ", page.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LockedByAnother_IsNothingNewUntilItLasts()
    {
        Write(LandFormat.Cex, LandFiles.Cex);
        var file = Follow(LandFormat.Cex);
        using (new FileStream(PathOf(LandFormat.Cex), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Equal(LandFileState.Growing, file.Read(0, _rows).State);
            _clock.NowNanoseconds += (long)(Patience * 1e9) - 1;
            Assert.Equal(LandFileState.Growing, file.Read(0, _rows).State);
            _clock.NowNanoseconds++;
            var page = file.Read(0, _rows);
            Assert.Equal((0, LandFileState.Unreachable), (page.Count, page.State));
            Assert.StartsWith("'a_012_1.cex' is held by another program: ", page.Message, StringComparison.Ordinal);
        }

        Assert.Equal(8, file.Read(0, _rows).Count);
    }

    [Fact]
    public void Read_WhileTheWriterHoldsIt_KeepsNothingOpen()
    {
        Write(LandFormat.Cex, LandFiles.Cex);
        var file = Follow(LandFormat.Cex);
        using (new FileStream(PathOf(LandFormat.Cex), FileMode.Open, FileAccess.ReadWrite, FileShare.Read))
        {
            Assert.Equal(8, file.Read(0, _rows).Count);
        }

        using var exclusive = new FileStream(PathOf(LandFormat.Cex), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal(480, exclusive.Length);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(5)]
    [InlineData(300_000)]
    public void Read_LengthBeforeContents_TakesNoZerosForRecords(int zeros)
    {
        byte[] longer = [.. LandFiles.Cex, .. new byte[zeros]];
        Write(LandFormat.Cex, longer);
        var file = Follow(LandFormat.Cex);
        Assert.Equal(8, file.Read(0, _rows).Count);
        var page = file.Read(8, _rows);
        Assert.Equal((0, LandFileState.Growing, "'a_012_1.cex' holds only zeros from byte 480 on: not written yet, or damaged"), (page.Count, page.State, page.Message));
        Write(LandFormat.Cex, [.. LandFiles.Cex, .. LandFiles.Cex[^16..], .. new byte[zeros]]);
        Assert.Equal(1, file.Read(8, _rows).Count);
    }

    [Fact]
    public void Read_FirstRecordIsAllZeros_IsGivenWhenTheNextIsThere()
    {
        var first = LandFiles.Bytes(LandFiles.CexHeader, LandFiles.CexSteps[..(48 * 2)], "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00");
        Write(LandFormat.Cex, first);
        var file = Follow(LandFormat.Cex);
        Assert.Equal(new LandPage(0, false, LandFileState.Growing, "'a_012_1.cex' holds no record yet"), file.Read(0, _rows));
        Write(LandFormat.Cex, [.. first, .. LandFiles.Bytes("64 00 00 00 01 00 00 00 00 00 00 00 00 00 00 00")]);
        Assert.Equal(2, file.Read(0, _rows).Count);
        Assert.Equal(new LandRow(1, 1, 1, LandMode.Rest, 0, 0, 0, 0, 0, 0), _rows[0]);
    }

    [Fact]
    public void Read_Garbage_GivesTheRowsBeforeItAndIsUnreadableForGood()
    {
        Write(LandFormat.LandtCsv, LandFiles.Csv + "3,2,2,x,240,60,-0.0005,3,0900,0,8.3333e-06,CC DChg\n");
        var file = Follow(LandFormat.LandtCsv);
        var page = file.Read(0, _rows);
        Assert.Equal((7, false, LandFileState.Unreadable), (page.Count, page.More, page.State));
        Assert.StartsWith("'a_3.csv', line 9: it has 12 cells, and the header 11 columns", page.Message, StringComparison.Ordinal);
        Assert.Equal(page with { Count = 0 }, file.Read(7, _rows));
    }

    private LandFile Follow(LandFormat format) => new(PathOf(format), format, LandFiles.Scale, _clock, TimeSpan.FromSeconds(Patience));

    private void Write(LandFormat format, byte[] bytes) => File.WriteAllBytes(PathOf(format), bytes);

    private void Write(LandFormat format, string text) => File.WriteAllText(PathOf(format), text);

    private void AssertReplaced(LandFile file, long known, string message)
    {
        Assert.Equal(new LandPage(0, false, LandFileState.Growing, message), file.Read(known, _rows));
        _clock.NowNanoseconds += (long)(Patience * 1e9);
        Assert.Equal(new LandPage(0, false, LandFileState.Replaced, message), file.Read(known, _rows));
    }

    private static LandHead Head(byte[] bytes)
    {
        _ = LandFiles.Rows(LandFormat.Cex, bytes, out var parser);
        return parser.Head!;
    }

    private static byte[] LongTail(int records)
    {
        var tail = new byte[16 * records];
        for (var i = 0; i < records; i++)
        {
            BitConverter.TryWriteBytes(tail.AsSpan(16 * i), 24001 + i);
        }

        return tail;
    }
}
