using System.Globalization;
using CyclerControl.Simulation.Cyclers;
using CyclerControl.Simulation.Land;
using CyclerControl.Simulation.Wire;

namespace CyclerControl.Simulation.Tests.Land;

/// <summary>A recipe on a simulated cell: what the file says, against what the cell went through.</summary>
public sealed class LandSoftwareTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("land software ").FullName;
    private readonly ManualClock _clock = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Recipe_OfTimesInALoop_WritesEachStepWithItsCharge()
    {
        using var software = Start("rest 1 min; dchg 0.5 mA 10 min; chg 1 mA 5 min; loop 2 3", LandFileKind.Csv, 60, out var cycler);
        _clock.AdvanceSeconds(10_000);
        software.BringUpToNow();
        Assert.True(software.IsOver);
        var ends = Ends(Rows(software));
        Assert.Equal(["1", "2", "3", "2", "3", "2", "3"], ends.Select(row => row["step_index"]));
        Assert.Equal(["1", "1", "1", "2", "2", "3", "3"], ends.Select(row => row["cycle_index"]));
        Assert.Equal([60, 660, 960, 1560, 1860, 2460, 2760], ends.Select(row => Number(row, "test_time_s")));
        Assert.All(ends.Where(row => row["step_index"] == "2"), row => Assert.Equal(0.5e-3 / 6, Number(row, "discharge_capacity_Ah"), 0.5e-3 / 6 * 1e-4));
        Assert.All(ends.Where(row => row["step_index"] == "3"), row => Assert.Equal(1e-3 / 12, Number(row, "charge_capacity_Ah"), 1e-3 / 12 * 1e-4));
        Assert.Equal(
            cycler.Channels[0].Charge.ThroughputAmpHours, ends.Sum(row => Number(row, "charge_capacity_Ah") + Number(row, "discharge_capacity_Ah")), 1e-10);
        Assert.False(cycler.Channels[0].IsOn);
    }

    [Fact]
    public void Recipe_LookedAtAtAnyMoment_WritesTheSameFile()
    {
        const string Recipe = "rest 1 min; dchg 0.5 mA 10 min; chg 1 mA 5 min to 0.2 V; loop 2 2";
        using var once = Start(Recipe, LandFileKind.Cex, 7, out _);
        using var often = Start(Recipe, LandFileKind.Cex, 7, out _);
        var random = new Random(5);
        while (!often.IsOver)
        {
            _clock.AdvanceSeconds(random.NextDouble() * 30);
            often.BringUpToNow();
        }

        once.BringUpToNow();
        Assert.Equal(Bytes(once), Bytes(often));
    }

    [Fact]
    public void Recipe_EndsInAVoltage_StopsThere()
    {
        using var software = Start("chg 0.4 mA 5 h to 4.1 V; rest 1 min", LandFileKind.Csv, 60, out _, cell: "ncm83125-li");
        _clock.AdvanceSeconds(20_000);
        software.BringUpToNow();
        var ends = Ends(Rows(software));
        Assert.InRange(Number(ends[0], "step_time_s"), 60, 17_999);
        Assert.True(Number(ends[0], "voltage_V") is >= 4.1 and < 4.11);
        Assert.True(Number(ends[0], "current_A") > 0.39e-3);
        Assert.Equal(60, Number(ends[1], "step_time_s"));
    }

    [Fact]
    public void Tests_OfSeveralCells_HaveAFileEachAndOverwriteNone()
    {
        using (var first = Start("rest 1 min", LandFileKind.Cex, 10, out _, cells: 2))
        {
            Assert.Equal(["li-lpsc-li_012_1.cex", "lacss_013_1.cex"], first.Files.Select(Path.GetFileName));
        }

        using var second = Start("rest 1 min", LandFileKind.Cex, 10, out _, cells: 2);
        Assert.Equal(["li-lpsc-li_012_2.cex", "lacss_013_2.cex"], second.Files.Select(Path.GetFileName));
        using var text = Start("rest 1 min", LandFileKind.Txt, 10, out _);
        Assert.Equal("li-lpsc-li-1_12.txt", Path.GetFileName(text.Files[0]));
    }

    [Fact]
    public void File_WhileItIsWritten_CanBeReadByOthers()
    {
        using var software = Start("rest 1 h", LandFileKind.Cex, 10, out _);
        _clock.AdvanceSeconds(600);
        software.BringUpToNow();
        Assert.Equal(0x10, Bytes(software)[0]);
        Assert.False(software.IsOver);
    }

    private LandSoftware Start(string recipe, LandFileKind kind, double recordSeconds, out SimulatedCycler cycler, int cells = 1, string cell = "li-lpsc-li")
    {
        cycler = SimulatedCyclerServer.MakeCycler(
            new SimulatedCyclerOptions
            {
                Clock = _clock,
                Cells = cells == 1 ? [cell] : ["li-lpsc-li", "lacss"],
                Shorts = false,
                Profile = WireProfile.LandStyle,
            });
        return new LandSoftware(cycler, cells, _folder, kind, LandRecipe.Parse(recipe, out _)!, 12, recordSeconds);
    }

    private static byte[] Bytes(LandSoftware software)
    {
        using var file = new FileStream(software.Files[0], FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Read by a few lines that know nothing of the product's own reader.</summary>
    private static List<Dictionary<string, string>> Rows(LandSoftware software)
    {
        var lines = System.Text.Encoding.ASCII.GetString(Bytes(software)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var names = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => names.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    private static List<Dictionary<string, string>> Ends(List<Dictionary<string, string>> rows) =>
        [.. rows.Where((row, i) => i == rows.Count - 1 || Number(rows[i + 1], "step_time_s") < Number(row, "step_time_s"))];

    private static double Number(Dictionary<string, string> row, string name) => double.Parse(row[name], CultureInfo.InvariantCulture);
}
