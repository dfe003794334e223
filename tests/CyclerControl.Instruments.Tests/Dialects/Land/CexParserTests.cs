using CyclerControl.Instruments.Dialects.Land;

namespace CyclerControl.Instruments.Tests.Dialects.Land;

public sealed class CexParserTests
{
    [Fact]
    public void Rows_OfTheFile_AreThoseWrittenByHand()
    {
        var rows = LandFiles.Rows(LandFormat.Cex, LandFiles.Cex, out var parser);
        Assert.Null(parser.Problem);
        Assert.Empty(parser.Remarks);
        Assert.False(parser.IsUnfinished);
        LandRow[] expected =
        [
            new(1, 1, 1, LandMode.Rest, 0, 0, 3.500055, 0, 0, 0),
            new(2, 1, 1, LandMode.Rest, 60, 60, 3.4999, 0, 0, 0),
            new(3, 2, 1, LandMode.Discharge, 0, 60, 3.41, -0.00050003, 0, 0),
            new(4, 2, 1, LandMode.Discharge, 60, 120, 3.000025, -0.00050003, 8.3333e-6, 3e-5),
            new(5, 3, 1, LandMode.Charge, 0, 120, 3.007, 0.00050003, 0, 0),
            new(6, 3, 1, LandMode.Charge, 60, 180, 3.503, 0.00050003, 8.3333e-6, 2.8e-5),
            new(7, 2, 2, LandMode.Discharge, 0, 180, 3.1, -0.00049972, 0, 0),
            new(8, 2, 2, LandMode.Discharge, 60, 240, 3.099845, -0.00049972, 8.3333e-6, 2.5e-5),
        ];
        Assert.Equal(expected.Length, rows.Count);
        foreach (var (want, row) in expected.Zip(rows))
        {
            Assert.Equal(
                want with { Volts = 0, Amperes = 0, StepAmpHours = 0, StepWattHours = 0 },
                row with { Volts = 0, Amperes = 0, StepAmpHours = 0, StepWattHours = 0 });
            Assert.Equal(want.Volts, row.Volts, 9);
            Assert.Equal(want.Amperes, row.Amperes, 12);
            Assert.Equal(want.StepAmpHours!.Value, row.StepAmpHours!.Value, 11);
            Assert.Equal(want.StepWattHours!.Value, row.StepWattHours!.Value, 11);
        }
    }

    [Fact]
    public void Head_OfTheFile_NamesChannelUnitAndBeginning()
    {
        _ = LandFiles.Rows(LandFormat.Cex, LandFiles.Cex, out var parser);
        Assert.Equal(12, parser.Head!.Channel);
        Assert.Equal(0, parser.Head.Unit);
        Assert.Equal(new DateTime(2026, 7, 16, 4, 32, 44, DateTimeKind.Unspecified), parser.Head.Begun);
        Assert.StartsWith("land-cex of channel 12, test begun 2026-07-16 04:32:44, head ", parser.Head.Ticket("a.cex"), StringComparison.Ordinal);
        Assert.True(parser.Head.IsOf(parser.Head.Ticket("another name.cex")));
        Assert.False((parser.Head with { Channel = 11 }).IsOf(parser.Head.Ticket("a.cex")));
    }

    [Fact]
    public void Head_AnotherChecksum_IsARemarkAndReadAllTheSame()
    {
        var bytes = LandFiles.Cex.ToArray();
        bytes[0x3C]++;
        Assert.Equal(LandFiles.CexRecords, LandFiles.Rows(LandFormat.Cex, bytes, out var parser).Count);
        Assert.Contains("checksum is 193778, and its words add up to 193777", Assert.Single(parser.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_OfAnotherRange_AreScaledByIt()
    {
        var rows = LandFiles.Rows(new CexParser(new CexScale(0.31e-3, 31e-6)), LandFiles.Cex);
        Assert.Equal(6.82, rows[2].Volts, 9);
        Assert.Equal(-0.050003, rows[2].Amperes, 9);
    }

    [Theory]
    [InlineData(true, -0.0155)]
    [InlineData(false, 10.14258)]
    public void Rows_VoltageAbove32767Counts_IsReadAsTheCallerSays(bool signed, double volts)
    {
        var rows = LandFiles.Rows(new CexParser(LandFiles.Scale with { SignedVolts = signed }), NegativeVolts());
        Assert.Equal(volts, Assert.Single(rows).Volts, 9);
    }

    [Fact]
    public void Rows_VoltageAbove32767CountsAndNobodySaysHow_IsAProblem()
    {
        Assert.Empty(LandFiles.Rows(LandFormat.Cex, NegativeVolts(), out var parser));
        Assert.Equal(
            "byte 80: record 1: its voltage of 65436 counts is -0.0155 V if counts have a sign, and 10.1426 V if not; say which with land: { signed_volts: true|false } in the profile",
            parser.Problem!.ToString());
    }

    [Theory]
    [InlineData("CC CC FF FF 88 00 00 00 00 00 00 00 00 00 00 00", "the event 0x88 is not known; it was skipped")]
    [InlineData("CC CC FF FF 33 00 00 00 01 02 00 00 00 00 00 6A", "the header says that the test began 2026-07-16 04:32:44, and an event 2026-05-10 03:48:16")]
    [InlineData("CD CC FF FF 22 00 03 80 0A 05 81 00 EC 5E 58 6A", "the mode 0x0A of a step is not known; its records are read")]
    public void Remarks_OnWhatIsNotKnown_LoseNoRecord(string unit, string remark)
    {
        Assert.Equal(LandFiles.CexRecords, LandFiles.Rows(LandFormat.Cex, LandFiles.Bytes(LandFiles.CexHeader, unit, LandFiles.CexSteps), out var parser).Count);
        Assert.Equal(remark, Assert.Single(parser.Remarks));
        Assert.Null(parser.Problem);
    }

    [Theory]
    [InlineData("00 00 00 00 35 58 00 00 00 00 00 00 00 00 00 00", "byte 64: a record stands before the first step mark")]
    [InlineData("CD CC FF FF 23 00 01 80 70 05 00 00 EC 5E 58 6A", "byte 64: a step mark goes on with 22 00, and this one with 2300")]
    [InlineData("CC CC FF FF 22 00 01 80 70 05 00 00 EC 5E 58 6A", "byte 64: an event has the number 0x22 of a step mark")]
    [InlineData("CE CC FF FF 22 00 01 80 70 05 00 00 EC 5E 58 6A", "byte 64: the mark CECCFFFF is not known; there are AA AA, BB BB, CC CC and CD CC, each with FF FF")]
    [InlineData("AA AA FF FF 13 00 00 00 00 00 00 00 00 00 00 00 BB BB FF FF 13 00 01 00 00 00 00 00 00 00 00 00",
        "byte 80: the block 0x13 of 0 bytes that begins at byte 64 must end here with BB BB FF FF, its number and its size, and here is BBBBFFFF13000100")]
    public void Problem_BehindTheHeader_HasPlaceAndWhatIsAllowed(string unit, string problem)
    {
        Assert.Empty(LandFiles.Rows(LandFormat.Cex, LandFiles.Bytes(LandFiles.CexHeader, unit, LandFiles.CexSteps), out var parser));
        Assert.Equal(problem, parser.Problem!.ToString());
    }

    [Theory]
    [InlineData("6F 17 00 00 34 58 00 00 00 00 00 00 00 00 00 00", "its time of 59.99 s is before that of the last record, 60 s")]
    [InlineData("00 00 00 20 34 58 00 00 00 00 00 00 00 00 00 00", "its time of 5368709.12 s is more than 30 days after that of the last record, 60 s")]
    [InlineData("70 17 00 00 34 58 00 00 00 00 C0 7F 00 00 00 00", "its charge is NaN Ah; below 1000000 is allowed")]
    [InlineData("70 17 00 00 34 58 00 00 00 00 00 00 00 00 80 7F", "its energy is Infinity Wh; below 1000000 is allowed")]
    public void Problem_InARecord_ComesBehindTheRowsBeforeIt(string record, string problem)
    {
        var bytes = LandFiles.Bytes(LandFiles.CexHeader, LandFiles.CexSteps[..(48 * 4)], record, LandFiles.CexSteps[(48 * 4)..]);
        Assert.Equal(2, LandFiles.Rows(LandFormat.Cex, bytes, out var parser).Count);
        Assert.Equal($"byte 128: record 3: {problem}", parser.Problem!.ToString());
    }

    [Fact]
    public void Problem_AnotherKindOfFile_IsNamedAtItsFirstByte()
    {
        _ = LandFiles.Rows(LandFormat.Cex, LandFiles.Text(LandFiles.Csv), out var parser);
        Assert.Equal("byte 0: a .cex file begins with 10 11 09 88, and this one with 6368616E", parser.Problem!.ToString());
    }

    [Fact]
    public void Rows_ManyRecords_AllocateNothingEach()
    {
        var parser = new CexParser(LandFiles.Scale);
        var rows = new LandRow[2000];
        _ = parser.Take(LandFiles.Cex, rows, out _);
        var more = new byte[16 * 1000];
        for (var i = 0; i < 1000; i++)
        {
            BitConverter.TryWriteBytes(more.AsSpan(16 * i), 24000 + i);
        }

        _ = parser.Take(more.AsSpan(0, 16 * 500), rows, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(500, parser.Take(more.AsSpan(16 * 500), rows, out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
    }

    private static byte[] NegativeVolts() => LandFiles.Bytes(
        LandFiles.CexHeader,
        "CD CC FF FF 22 00 01 80 70 05 00 00 EC 5E 58 6A",
        "00 00 00 00 9C FF 00 00 00 00 00 00 00 00 00 00");
}
