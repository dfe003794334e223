using System.Text;
using CyclerControl.Simulation.Land;

namespace CyclerControl.Simulation.Tests.Land;

/// <summary>What is written, against bytes and lines that were put together by hand from what is publicly known.</summary>
public sealed class LandFileWriterTests
{
    private static readonly DateTimeOffset s_begun = new(2026, 7, 16, 4, 32, 44, TimeSpan.Zero);
    private readonly LandRecipe _recipe = LandRecipe.Parse("rest 60 s; dchg 0.5 mA to 0.8 V; chg 0.5 mA 60 s; loop 2 2", out _)!;

    [Fact]
    public void Cex_Header_HasChannelTimesAndSumOfItsWords() => AssertBytes(
        0,
        """
        10 11 09 88 01 00 00 00 0B 00 00 00 00 00 00 00
        EC 5E 58 6A 00 00 00 00 00 00 00 00 00 00 00 00
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
        EC 5E 58 6A EC 5E 58 6A 00 00 00 00 F1 F4 02 00
        AA AA FF FF AA 00 40 00 00 00 00 00 00 00 00 00
        """);

    [Fact]
    public void Cex_InfoBlock_HasTheTimeOfTheLastSaveAndItsSum() => AssertBytes(
        80,
        """
        00 00 00 00 00 00 00 00 DC 5F 58 6A 00 00 00 00
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
        00 00 00 00 00 00 00 00 00 00 00 00 34 CA 00 00
        BB BB FF FF AA 00 40 00 00 00 00 00 00 00 00 00
        AA AA FF FF 55 00 10 00 00 00 00 00 00 00 00 00
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
        BB BB FF FF 55 00 10 00 00 00 00 00 00 00 00 00
        AA AA FF FF 78 00 80 01 00 00 00 00 00 00 00 00
        """);

    [Fact]
    public void Cex_RecipeBlock_HasContentsAndStepsOf56Bytes()
    {
        const int Block = 224 + 384 + 16;
        AssertBytes(Block, "AA AA FF FF 13 00 B0 0B 00 00 00 00 00 00 00 00");
        AssertBytes(
            Block + 16 + 0x30,
            """
            31 2D 06 00 00 00 00 00 00 00 00 00 00 00 00 00
            20 00 02 FF 00 00 00 00 58 00 02 FF 00 00 00 00
            90 00 02 FF 00 00 00 00 C8 00 FD FF 00 00 00 00
            """);
        AssertBytes(
            Block + 16 + 0x40 + 0x58,
            """
            02 00 00 00 6F 12 03 3A 00 00 00 00 00 00 00 00
            00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
            00 00 00 00 00 00 00 00 00 02 00 00 CD CC 4C 3F
            00 00 00 00 00 00 00 00
            """);
        AssertBytes(Block + 16 + 2992, "BB BB FF FF 13 00 B0 0B 00 00 00 00 00 00 00 00");
    }

    [Fact]
    public void Cex_EventsStepsAndRecords_AreUnitsOf16Bytes() => AssertBytes(
        224 + 384 + 16 + 16 + 2992 + 16,
        """
        CC CC FF FF 33 00 00 00 01 02 00 00 EC 5E 58 6A
        CC CC FF FF 44 00 00 00 00 00 00 00 01 80 00 00
        CD CC FF FF 22 00 01 80 70 05 00 00 EC 5E 58 6A
        00 00 00 00 35 58 00 00 00 00 00 00 00 00 00 00
        70 17 00 00 34 58 00 00 00 00 00 00 00 00 00 00
        CC CC FF FF 44 00 00 00 00 00 00 00 02 80 00 00
        CD CC FF FF 22 00 02 80 02 05 81 00 28 5F 58 6A
        70 17 00 00 F0 55 B3 F9 00 00 00 00 00 00 00 00
        E0 2E 00 00 9B 4B B3 F9 40 CF 0B 37 82 A8 FB 37
        CC CC FF FF 44 00 00 00 00 00 00 00 03 80 00 00
        CD CC FF FF 22 00 03 80 03 05 81 00 64 5F 58 6A
        E0 2E 00 00 C8 4B 4D 06 00 00 00 00 00 00 00 00
        50 46 00 00 48 58 4D 06 40 CF 0B 37 8B E1 EA 37
        CC CC FF FF 44 00 00 00 01 00 00 00 02 80 01 00
        CD CC FF FF 22 00 02 80 02 05 81 00 A0 5F 58 6A
        50 46 00 00 20 4E B4 F9 00 00 00 00 00 00 00 00
        C0 5D 00 00 9C FF B4 F9 40 CF 0B 37 17 B7 D1 B7
        """);

    [Fact]
    public void Csv_Lines_HaveMonthBeforeDayAndSignedCurrents() => Assert.Equal(
        """
        channel_index,cycle_index,step_index,date_time_iso_string,test_time_s,step_time_s,current_A,voltage_V,charge_capacity_Ah,discharge_capacity_Ah,charge_energy_Wh,discharge_energy_Wh,step_name
        12,1,1,07/16/2026 04:32:44,0.000,0.000,0.000000000,3.500055,0.000000000000,0.000000000000,0.000000000000,0.000000000000,Rest
        12,1,1,07/16/2026 04:33:44,60.000,60.000,0.000000000,3.499900,0.000000000000,0.000000000000,0.000000000000,0.000000000000,Rest
        12,1,2,07/16/2026 04:33:44,60.000,0.000,-0.000500030,3.410000,0.000000000000,0.000000000000,0.000000000000,0.000000000000,CC DChg
        12,1,2,07/16/2026 04:34:44,120.000,60.000,-0.000500030,3.000025,0.000000000000,0.000008333300,0.000000000000,0.000030000000,CC DChg
        12,1,3,07/16/2026 04:34:44,120.000,0.000,0.000500030,3.007000,0.000000000000,0.000000000000,0.000000000000,0.000000000000,CC Chg
        12,1,3,07/16/2026 04:35:44,180.000,60.000,0.000500030,3.503000,0.000008333300,0.000000000000,0.000028000000,0.000000000000,CC Chg
        12,2,2,07/16/2026 04:35:44,180.000,0.000,-0.000499720,3.100000,0.000000000000,0.000000000000,0.000000000000,0.000000000000,CC DChg
        12,2,2,07/16/2026 04:36:44,240.000,60.000,-0.000499720,-0.015500,0.000000000000,0.000008333300,0.000000000000,-0.000025000000,CC DChg

        """.ReplaceLineEndings("\r\n"),
        Encoding.ASCII.GetString(Write(new LandtCsvFileWriter())));

    [Fact]
    public void Txt_Lines_HaveALetterForTheDirection() => Assert.Equal(
        [
            "Simulated test on channel 12",
            "",
            "Rec#\tCyc#\tStep\tTest(Sec)\tStep(Sec)\tAmp-hr\tWatt-hr\tAmps\tVolts\tState\tES\tDPt-Time",
            "1\t1\t1\t0.000\t0.000\t0.000000000000\t0.000000000000\t0.000000000\t3.500055\tR\t1\t2026-07-16 04:32:44",
            "2\t1\t1\t60.000\t60.000\t0.000000000000\t0.000000000000\t0.000000000\t3.499900\tR\t1\t2026-07-16 04:33:44",
            "3\t1\t2\t60.000\t0.000\t0.000000000000\t0.000000000000\t0.000500030\t3.410000\tD\t1\t2026-07-16 04:33:44",
            "4\t1\t2\t120.000\t60.000\t0.000008333300\t0.000030000000\t0.000500030\t3.000025\tD\t1\t2026-07-16 04:34:44",
            "5\t1\t3\t120.000\t0.000\t0.000000000000\t0.000000000000\t0.000500030\t3.007000\tC\t1\t2026-07-16 04:34:44",
            "6\t1\t3\t180.000\t60.000\t0.000008333300\t0.000028000000\t0.000500030\t3.503000\tC\t1\t2026-07-16 04:35:44",
            "7\t2\t2\t180.000\t0.000\t0.000000000000\t0.000000000000\t0.000499720\t3.100000\tD\t1\t2026-07-16 04:35:44",
            "8\t2\t2\t240.000\t60.000\t0.000008333300\t-0.000025000000\t0.000499720\t-0.015500\tD\t1\t2026-07-16 04:36:44",
            "",
        ],
        Encoding.ASCII.GetString(Write(new LandtTxtFileWriter())).Split("\r\n"));

    private void AssertBytes(int at, string hex)
    {
        var expected = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings(""));
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(Write(new CexFileWriter()), at, expected.Length));
    }

    /// <summary>Four steps of two records, and a save at 240 s.</summary>
    private byte[] Write(ILandFileWriter writer)
    {
        using var file = new MemoryStream();
        writer.BeginTest(file, 12, s_begun, _recipe);
        writer.BeginStep(1, _recipe.Steps[0], 0, 0);
        writer.Add(new LandRecord(0, 0, 3.500055, 0, 0, 0));
        writer.Add(new LandRecord(60, 60, 3.4999, 0, 0, 0));
        writer.BeginStep(2, _recipe.Steps[1], 0, 60);
        writer.Add(new LandRecord(60, 0, 3.41, -0.00050003, 0, 0));
        writer.Add(new LandRecord(120, 60, 3.000025, -0.00050003, 8.3333e-6, 3e-5));
        writer.BeginStep(3, _recipe.Steps[2], 0, 120);
        writer.Add(new LandRecord(120, 0, 3.007, 0.00050003, 0, 0));
        writer.Add(new LandRecord(180, 60, 3.503, 0.00050003, 8.3333e-6, 2.8e-5));
        writer.BeginStep(2, _recipe.Steps[1], 1, 180);
        writer.Add(new LandRecord(180, 0, 3.1, -0.00049972, 0, 0));
        writer.Add(new LandRecord(240, 60, -0.0155, -0.00049972, 8.3333e-6, -2.5e-5));
        writer.Save(240);
        return file.ToArray();
    }
}
