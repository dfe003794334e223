using System.Globalization;
using System.Text;
using System.Text.Json;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Tests.Processes;

namespace CyclerControl.Cli.Tests.Commands;

/// <summary>`cycler detect` through the built program: what it finds, and how it ends.</summary>
public sealed class DetectTests(FinishedRuns runs) : IClassFixture<FinishedRuns>
{
    private static readonly string[] Keys =
    [
        "time_s", "onset_s", "kind", "severity", "rule", "current_a", "voltage_v", "expected_v", "r_short_ohm", "statistic", "threshold", "sentence",
    ];

    [Theory]
    [InlineData("run.sqlite")]
    [InlineData("detect.csv", "export", "last", "--format", "csv", "--output", "detect.csv")]
    [InlineData("detect.bdf.csv", "export", "last", "--format", "bdf", "--output", "detect.bdf.csv")]
    public void Detect_OurOwnRunAndItsExports_FindTheShortOfTheRun(string file, params string[] export)
    {
        if (export.Length > 0)
        {
            Assert.Equal(0, runs.Bench.Cycler(export).ExitCode);
        }

        var result = runs.Bench.Cycler("detect", export.Length > 0 ? file : Path.Combine(runs.Folder, file), "--json");

        Assert.True(result.ExitCode == ExitCode.ShortFound, result.Error);
        Assert.Equal("", result.Error);
        var found = Workbench.Json(Assert.Single(result.OutputLines));
        Assert.Equal(Keys, found.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("hard_short", "abort", 1), (Word(found, "kind"), Word(found, "severity"), found.GetProperty("rule").GetInt32()));
        var report = Workbench.Json(runs.Run.Output).GetProperty("short");
        Assert.Equal(report.GetProperty("time_s").GetDouble(), found.GetProperty("time_s").GetDouble(), 6);
        var planted = runs.Truth.Single(e => e is { Event: "short", Channel: 1 });
        Assert.InRange(found.GetProperty("onset_s").GetDouble() - planted.Seconds, -0.01, 0.2);
    }

    [Theory]
    [InlineData("ncm_lpscl_inli_assb_1khz_current_steps.csv")]
    [InlineData("neware_1s_halfcell_noise_reference_20000s.csv")]
    public void Detect_NoiseRecordOfARealInstrument_PrintsNothing(string file)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "NoiseRecords", file);

        Assert.Equal(new ProgramResult(ExitCode.Planned, "", ""), runs.Bench.Cycler("detect", path));
        Assert.Equal(new ProgramResult(ExitCode.Planned, "", ""), runs.Bench.Cycler("detect", path, "--json"));
    }

    [Fact]
    public void Detect_DropOfATenth_IsSomethingAndNoAbort()
    {
        runs.Bench.Write("drop.csv", Table((leg, age) => leg == 5 && age > 1000 ? 0.9 : 1));

        var result = runs.Bench.Cycler("detect", "drop.csv");

        Assert.True(result.ExitCode == ExitCode.SomethingFound, result.Error);
        Assert.Contains("suspect  soft_short: ", Assert.Single(result.OutputLines));
    }

    [Fact]
    public void Detect_SeveralFiles_SaysWhichAndEndsWithTheWorst()
    {
        runs.Bench.Write("good.csv", Table((_, _) => 1));
        runs.Bench.Write("bad.csv", Table((leg, age) => leg == 5 && age > 1000 ? 0.02 : 1));

        var lines = runs.Bench.Cycler("detect", "good.csv", "bad.csv");
        var json = runs.Bench.Cycler("detect", "good.csv", "bad.csv", "--json");

        Assert.Equal((ExitCode.ShortFound, ExitCode.ShortFound), (lines.ExitCode, json.ExitCode));
        Assert.All(lines.OutputLines, line => Assert.StartsWith("bad.csv: ", line));
        var first = Workbench.Json(json.OutputLines[0]);
        Assert.Equal(["file", .. Keys], first.EnumerateObject().Select(p => p.Name));
        Assert.Equal("bad.csv", Word(first, "file"));
    }

    [Fact]
    public void Detect_CurrentValueInsteadOfAColumn_FindsTheShortToo()
    {
        var table = Table((leg, age) => leg == 5 && age > 1000 ? 0.02 : 1);
        runs.Bench.Write("no-current.csv", string.Join('\n', table.Split('\n').Select(l => string.Join(',', l.Split(',').SkipLast(1)))));

        Assert.Equal(ExitCode.ShortFound, runs.Bench.Cycler("detect", "no-current.csv", "--current-value", "0.5mA").ExitCode);
        var without = runs.Bench.Cycler("detect", "no-current.csv");
        Assert.Equal((ExitCode.InvalidInput, ""), (without.ExitCode, without.Output));
        Assert.Contains("--current-value 1mA", without.Error);
        Assert.Contains("'5 V' is a voltage", runs.Bench.Cycler("detect", "no-current.csv", "--current-value", "5 V").Error);
    }

    [Fact]
    public void Detect_SeveralMistakes_AreAllToldAtOnce()
    {
        runs.Bench.Write("two.csv", "Test Time (s),Step Time (s),voltage_V,current_A\n0,0,1,1\n");
        runs.Bench.Write("falls.csv", "time_s,voltage_V,current_A\n0,1,1\n5,1,1\n5,1,1\n4,1,1\n");

        var result = runs.Bench.Cycler("detect", "two.csv", "falls.csv", "nosuch.csv", "--json", "--cell", "kind=round");

        Assert.Equal((ExitCode.InvalidInput, ""), (result.ExitCode, result.Output));
        Assert.Contains("'Test Time (s)', 'Step Time (s)'", result.Error);
        Assert.Contains("falls.csv:5:1: time: '4 s' is earlier than the 5 s of line 4", result.Error);
        Assert.Contains("nosuch.csv:1:1: file: is neither a file nor a run", result.Error);
        Assert.Contains("'round'", result.Error);
    }

    [Fact]
    public void Detect_CellGiven_IsUsed()
    {
        runs.Bench.Write("floor.csv", Table((_, _) => 1));

        Assert.Equal(ExitCode.Planned, runs.Bench.Cycler("detect", "floor.csv").ExitCode);
        var result = runs.Bench.Cycler("detect", "floor.csv", "--cell", "bulk_resistance=300ohm", "--json");
        Assert.Equal(ExitCode.SomethingFound, result.ExitCode);
        Assert.All(result.OutputLines, line => Assert.Equal("ohmic_floor_short", Word(Workbench.Json(line), "kind")));
    }

    private static string Word(JsonElement found, string key) => found.GetProperty(key).GetString()!;

    /// <summary>Six legs of half an hour at 0.5 mA on a cell of 100 ohm, after a rest.</summary>
    /// <param name="factor">Of the voltage, by leg and age in s.</param>
    private static string Table(Func<int, int, double> factor)
    {
        var text = new StringBuilder("time_s,voltage_V,current_A\n");
        var random = new Random(9);
        for (var n = 0; n < 60; n++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{n},{1e-5 * random.NextDouble():R},0\n");
        }

        for (var n = 0; n < 6 * 1800; n++)
        {
            var (leg, age) = (n / 1800, n % 1800);
            var sign = leg % 2 == 0 ? -1 : 1;
            var volts = sign * 0.05 * factor(leg, age) + (1e-4 * (random.NextDouble() - 0.5));
            text.Append(CultureInfo.InvariantCulture, $"{60 + n},{volts:R},{sign * 0.5e-3:R}\n");
        }

        return text.ToString();
    }
}
