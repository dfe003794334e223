using System.Text;
using CyclerControl.Instruments.Dialects.Land;

namespace CyclerControl.Instruments.Tests.Dialects.Land;

/// <summary>Test files written by hand from what is publicly known about the formats, byte by byte and line by line.</summary>
internal static class LandFiles
{
    /// <summary>Channel byte 11 (the twelfth), 2026-07-16 04:32:44, and the sum of its words.</summary>
    public const string CexHeader = """
        10 11 09 88 01 00 00 00 0B 00 00 00 00 00 00 00
        EC 5E 58 6A 00 00 00 00 00 00 00 00 00 00 00 00
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
        EC 5E 58 6A EC 5E 58 6A 00 00 00 00 F1 F4 02 00
        """;

    /// <summary>A block of 64 bytes with the time of the last save, and one of zeros.</summary>
    public const string CexBlocks = """
        AA AA FF FF AA 00 40 00 00 00 00 00 00 00 00 00
        00 00 00 00 00 00 00 00 A0 5F 58 6A 00 00 00 00
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
        BB BB FF FF AA 00 40 00 00 00 00 00 00 00 00 00
        AA AA FF FF 55 00 10 00 00 00 00 00 00 00 00 00
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
        BB BB FF FF 55 00 10 00 00 00 00 00 00 00 00 00
        """;

    public const string CexTestStart = "CC CC FF FF 33 00 00 00 01 02 00 00 EC 5E 58 6A\n";

    /// <summary>Rest for a minute, discharge for a minute, charge for a minute, and step 2 again: two records each.</summary>
    public const string CexSteps = """
        CC CC FF FF 44 00 00 00 00 00 00 00 01 80 00 00
        CD CC FF FF 22 00 01 80 70 05 00 00 EC 5E 58 6A
        00 00 00 00 35 58 00 00 00 00 00 00 00 00 00 00
        70 17 00 00 34 58 00 00 00 00 00 00 00 00 00 00
        CC CC FF FF 44 00 00 00 01 00 00 00 02 80 00 00
        CD CC FF FF 22 00 02 80 02 05 81 00 28 5F 58 6A
        70 17 00 00 F0 55 B3 F9 00 00 00 00 00 00 00 00
        E0 2E 00 00 9B 4B B3 F9 40 CF 0B 37 82 A8 FB 37
        CC CC FF FF 44 00 00 00 00 00 00 00 03 80 01 00
        CD CC FF FF 22 00 03 80 03 05 81 00 64 5F 58 6A
        E0 2E 00 00 C8 4B 4D 06 00 00 00 00 00 00 00 00
        50 46 00 00 48 58 4D 06 40 CF 0B 37 8B E1 EA 37
        CC CC FF FF 44 00 00 00 01 00 00 00 02 80 01 00
        CD CC FF FF 22 00 02 80 02 05 81 00 A0 5F 58 6A
        50 46 00 00 20 4E B4 F9 00 00 00 00 00 00 00 00
        C0 5D 00 00 1F 4E B4 F9 40 CF 0B 37 17 B7 D1 37
        """;

    public const int CexRecords = 8;

    public const string Csv = """
        channel_index,cycle_index,step_index,date_time_iso_string,test_time_s,step_time_s,current_A,voltage_V,charge_capacity_Ah,discharge_capacity_Ah,step_name
        3,1,1,03/04/2026 10:00:00,0,0,0,3.5000,0,0,Rest
        3,1,1,03/04/2026 10:01:00,60.0,60.0,0,3.4999,0,0,Rest
        3,1,2,03/04/2026 10:01:01,61.0,1.0,-0.0005,3.4100,0,1.389E-07,CC DChg, 0.5 mA
        3,1,2,03/04/2026 10:02:00,120.0,60.0,-0.0005,3.0000,0,8.3333e-06,CC DChg, 0.5 mA
        3,1,3,03/04/2026 10:02:01,121.0,1.0,0.0005,3.0070,1.389E-07,0,CC Chg
        3,1,3,03/04/2026 10:03:00,180.0,60.0,+0.0005,3.5030,8.3333e-06,0,CC Chg
        3,2,2,03/04/2026 10:03:01,181.0,1.0,-0.0005,3.1000,0,1.389E-07,CC DChg, 0.5 mA

        """;

    public const int CsvRecords = 7;

    /// <summary>The older export: currents without sign, the direction as a letter.</summary>
    public static readonly string Txt = string.Join('\n', [
        "Landt test of a cell",
        "",
        "Rec#\tCyc#\tStep\tTest(Sec)\tStep(Sec)\tAmp-hr\tWatt-hr\tAmps\tVolts\tState\tES\tDPt-Time",
        "1\t1\t1\t0\t0\t0\t0\t0\t3.5\tR\t0\t2026-03-04 10:00:00",
        "2\t1\t1\t60\t60\t0\t0\t0\t3.4999\tR\t1\t2026-03-04 10:01:00",
        "3\t1\t2\t61\t1\t1.389E-07\t4.7E-07\t0.0005\t3.41\tD\t0\t2026-03-04 10:01:01",
        "4\t1\t2\t120\t60\t8.3333E-06\t2.6E-05\t0.0005\t3\tD\t1\t2026-03-04 10:02:00",
        "5\t1\t3\t121\t1\t1.389E-07\t4.2E-07\t0.0005\t3.007\tC\t0\t2026-03-04 10:02:01",
        "6\t2\t2\t181\t1\t1.389E-07\t4.3E-07\t-0.0005\t3.1\tD\t0\t2026-03-04 10:03:01",
        ""]);

    public const int TxtRecords = 6;

    public static readonly CexScale Scale = new(0.155e-3, 0.31e-6);

    public static byte[] Cex { get; } = Bytes(CexHeader, CexBlocks, CexTestStart, CexSteps);

    public static byte[] Bytes(params string[] hex) => Convert.FromHexString(string.Concat(hex).Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings(""));

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Of(LandFormat format) => format switch
    {
        LandFormat.Cex => Cex,
        LandFormat.LandtCsv => Text(Csv),
        _ => Text(Txt),
    };

    public static int RecordsOf(LandFormat format) => format switch
    {
        LandFormat.Cex => CexRecords,
        LandFormat.LandtCsv => CsvRecords,
        _ => TxtRecords,
    };

    /// <summary>All rows, fed in one piece.</summary>
    public static List<LandRow> Rows(ILandParser parser, ReadOnlySpan<byte> bytes)
    {
        var rows = new LandRow[256];
        List<LandRow> all = [];
        int count;
        do
        {
            count = parser.Take(bytes, rows, out var used);
            all.AddRange(rows[..count]);
            bytes = bytes[used..];
        }
        while (bytes.Length > 0 && parser.Problem is null);
        return all;
    }

    public static List<LandRow> Rows(LandFormat format, ReadOnlySpan<byte> bytes, out ILandParser parser)
    {
        parser = LandFormats.ParserOf(format, Scale);
        return Rows(parser, bytes);
    }
}
