using CyclerControl.Instruments.Dialects.Land;
using CyclerControl.Testing.Properties;
using FsCheck.Fluent;

namespace CyclerControl.Instruments.Tests.Dialects.Land;

/// <summary>What holds of each format, wherever its bytes are cut or damaged.</summary>
public sealed class ParserPropertyTests
{
    public static TheoryData<string> Formats => ["Cex", "LandtCsv", "LandtTxt"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Take_SplitAtEveryByte_GivesTheSameRows(string name)
    {
        var (format, file, whole) = Prepare(name);
        for (var cut = 0; cut <= file.Length; cut++)
        {
            var parser = LandFormats.ParserOf(format, LandFiles.Scale);
            List<LandRow> rows = [.. LandFiles.Rows(parser, file.AsSpan(0, cut)), .. LandFiles.Rows(parser, file.AsSpan(cut))];
            Assert.Equal(whole, rows);
            Assert.Null(parser.Problem);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Take_ByteByByteIntoOneRow_GivesTheSameRows(string name)
    {
        var (format, file, whole) = Prepare(name);
        var parser = LandFormats.ParserOf(format, LandFiles.Scale);
        var row = new LandRow[1];
        List<LandRow> rows = [];
        for (var i = 0; i < file.Length; i++)
        {
            if (parser.Take(file.AsSpan(i, 1), row, out var used) == 1)
            {
                rows.Add(row[0]);
            }

            Assert.Equal(1, used);
        }

        Assert.Equal(whole, rows);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Take_PiecesOfAnySizeIntoPagesOfAnySize_GiveTheSameRows(string name)
    {
        var (format, file, whole) = Prepare(name);
        SeededCheck.ForAll(
            ArbMap.Default.ArbFor<int>(),
            seed =>
            {
                var random = new Random(seed);
                var parser = LandFormats.ParserOf(format, LandFiles.Scale);
                List<LandRow> rows = [];
                for (var at = 0; at < file.Length;)
                {
                    var page = new LandRow[random.Next(1, 4)];
                    var count = parser.Take(file.AsSpan(at, Math.Min(random.Next(1, 300), file.Length - at)), page, out var used);
                    rows.AddRange(page[..count]);
                    at += used;
                }

                Assert.Equal(whole, rows);
            });
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Take_TailCutAtEveryByte_GivesOnlyWholeRecordsAndNoProblem(string name)
    {
        var (format, file, whole) = Prepare(name);
        var last = 0;
        for (var length = 0; length <= file.Length; length++)
        {
            var rows = LandFiles.Rows(format, file.AsSpan(0, length), out var parser);
            Assert.Equal(whole[..rows.Count], rows);
            Assert.Null(parser.Problem);
            Assert.InRange(rows.Count, last, last + 1);
            last = rows.Count;
        }

        Assert.Equal(whole.Count, last);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Take_AnyByteChanged_LosesNoRecordWithoutSayingSo(string name)
    {
        var (format, file, whole) = Prepare(name);
        for (var at = 0; at < file.Length; at++)
        {
            foreach (var change in (byte[])[0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF, (byte)(file[at] ^ '\n'), (byte)(file[at] ^ ','), (byte)(file[at] ^ '"')])
            {
                var damaged = file.ToArray();
                damaged[at] ^= change;
                var rows = LandFiles.Rows(format, damaged, out var parser);
                var saysThatThereIsNone = rows.Count == 0 && parser.Head is null;
                Assert.True(
                    rows.Count == whole.Count || parser.Problem is not null || parser.IsUnfinished || saysThatThereIsNone,
                    $"byte {at} ^ {change}: {rows.Count} of {whole.Count} rows, and no problem");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Take_ManyDamagedFiles_EndsWithoutExceptionAndWithinBoundedMemory(string name)
    {
        var (format, file, _) = Prepare(name);
        var random = new Random(20261121);
        var rows = new LandRow[16];
        var before = GC.GetAllocatedBytesForCurrentThread();
        const int Files = 3000;
        for (var i = 0; i < Files; i++)
        {
            var damaged = file.ToArray();
            for (var changes = random.Next(1, 20); changes > 0; changes--)
            {
                var at = random.Next(damaged.Length);
                switch (random.Next(3))
                {
                    case 0:
                        damaged[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        damaged = [.. damaged[..at], .. damaged[at..], .. damaged[at..]];
                        break;
                    default:
                        damaged = damaged.Length > 2 ? [.. damaged[..at], .. damaged[Math.Min(at + random.Next(1, 40), damaged.Length - 1)..]] : damaged;
                        break;
                }

                damaged = damaged.Length > 20000 ? damaged[..20000] : damaged;
            }

            var parser = LandFormats.ParserOf(format, LandFiles.Scale);
            long number = 0;
            for (var at = 0; at < damaged.Length && parser.Problem is null;)
            {
                var count = parser.Take(damaged.AsSpan(at), rows, out var used);
                foreach (var row in rows.AsSpan(0, count))
                {
                    Assert.Equal(++number, row.Number);
                    Assert.True(double.IsFinite(row.Volts) && double.IsFinite(row.Amperes) && row.StepSeconds >= 0 && row.StepAmpHours is not < 0);
                }

                Assert.True(used > 0 || parser.Problem is not null, "no progress");
                at += used;
            }
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Files, 0, 1_000_000);
    }

    private static (LandFormat Format, byte[] File, List<LandRow> Whole) Prepare(string name)
    {
        var format = Enum.Parse<LandFormat>(name);
        var file = LandFiles.Of(format);
        var whole = LandFiles.Rows(format, file, out _);
        Assert.Equal(LandFiles.RecordsOf(format), whole.Count);
        return (format, file, whole);
    }
}
