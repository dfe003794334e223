using System.Globalization;
using System.Text.Json;
using CyclerControl.Cli.Tests.Processes;

namespace CyclerControl.Cli.Tests.Commands;

/// <summary>With --json, standard output is JSON and nothing else.</summary>
public sealed class JsonOutputTests(FinishedRuns runs) : IClassFixture<FinishedRuns>
{
    [Fact]
    public void Run_LastLine_EqualsTheReportFile()
    {
        var printed = Workbench.Json(runs.Run.Output);
        var file = Workbench.Json(File.ReadAllText(Path.Combine(runs.Folder, "report.json")));

        Assert.Single(runs.Run.OutputLines);
        Assert.True(JsonElement.DeepEquals(file, printed));
    }

    [Fact]
    public void Run_Object_HasTheAgreedFields()
    {
        var report = Workbench.Json(runs.Run.Output);

        Assert.Equal(Path.GetFileName(runs.Folder), report.GetProperty("run_id").GetString());
        Assert.Equal("short_found", report.GetProperty("outcome").GetString());
        Assert.Equal(0, report.GetProperty("exit_code").GetInt32());
        Assert.Equal(0.5, report.GetProperty("ccd_ma_per_cm2").GetDouble(), 9);
        var found = report.GetProperty("short");
        Assert.InRange(found.GetProperty("time_s").GetDouble(), 1260, 2460);
        Assert.Equal("hard", found.GetProperty("kind").GetString());
        Assert.Equal(2.0, found.GetProperty("current_ma_per_cm2").GetDouble(), 9);
        Assert.InRange(found.GetProperty("areal_capacity_mah_per_cm2").GetDouble(), 0.001, 0.334);
        Assert.InRange(found.GetProperty("half_cycle").GetInt32(), 3, 4);
        Assert.True(report.GetProperty("cumulative_areal_capacity_mah_per_cm2").GetDouble() > 0.5 / 6);
        var level = report.GetProperty("levels")[0];
        Assert.Equal(0.5, level.GetProperty("current_ma_per_cm2").GetDouble(), 9);
        Assert.Equal(
            level.GetProperty("overpotential_v").GetDouble() / 0.5e-3, level.GetProperty("asr_ohm_cm2").GetDouble(), 6);
        Assert.Equal(JsonValueKind.Array, report.GetProperty("cycles").ValueKind);
        Assert.True(File.Exists(report.GetProperty("files").GetProperty("run").GetString()));
    }

    [Fact]
    public void Run_CyclesOfASymmetricCell_HaveNumbersAndNoEfficiency()
    {
        var cycle = Workbench.Json(runs.Run.Output).GetProperty("cycles").EnumerateArray().First();

        Assert.Equal(1, cycle.GetProperty("cycle").GetInt32());
        Assert.Equal(JsonValueKind.Null, cycle.GetProperty("ce").ValueKind); // Not defined on a symmetric cell.
    }

    [Theory]
    [InlineData("report", "last")]
    [InlineData("runs")]
    [InlineData("channels")]
    [InlineData("profiles", "list")]
    [InlineData("export", "last", "--output", "json-test.csv")]
    [InlineData("export", "last", "--burst", "all", "--format", "csv", "--output", "json-burst.csv")]
    [InlineData("validate", "protocols/gitt.yaml", "hardware-profiles/keithley-2450.yaml", "hardware-profiles/stations/glovebox-2.yaml")]
    [InlineData("explain", "protocols/ccd-step-increased.yaml", "--cell", Workbench.Area)]
    [InlineData("preview", "protocols/ccd-step-increased.yaml", "--cell", Workbench.Area)]
    public void Cycler_WithJson_PrintsOneDocument(params string[] arguments)
    {
        var result = runs.Bench.Cycler([.. arguments, "--json"]);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains(Workbench.Json(result.Output).ValueKind, new[] { JsonValueKind.Object, JsonValueKind.Array });
    }

    [Fact]
    public void Export_Burst_IsTheBlackBoxOfTheShort()
    {
        var result = runs.Bench.Cycler("export", "last", "--burst", "1", "--format", "bdf");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("Test Time / s,Voltage / V,Current / A", result.OutputLines[0]);
        var seconds = result.OutputLines.Skip(1).Select(l => double.Parse(l.Split(',')[0], CultureInfo.InvariantCulture)).ToArray();
        var onset = Workbench.Json(runs.Run.Output).GetProperty("short").GetProperty("time_s").GetDouble();
        Assert.InRange(onset - seconds[0], 10, 600); // The larger of 10 s and 500 samples before,
        Assert.InRange(seconds[^1] - onset, 59, 62); // a minute after.
    }

    [Fact]
    public void Export_BurstThatIsNotThere_NamesThoseThatAre()
    {
        var result = runs.Bench.Cycler("export", "last", "--burst", "7");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--burst: '7' is not in run", result.Error);
        Assert.Contains("write one of them, or all", result.Error);
    }

    [Fact]
    public void Validate_BadFileWithJson_PrintsTheProblemsAsJsonToo()
    {
        var bad = runs.Bench.Write("bad.yaml", "protocol: bad\nversion: 1\nrecord: { every: 10 }\n");

        var result = runs.Bench.Cycler("validate", bad, "--json");

        Assert.Equal(2, result.ExitCode);
        var problems = Workbench.Json(result.Output)[0].GetProperty("problems").EnumerateArray().ToList();
        Assert.Equal(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, problems.Count);
        Assert.Contains(problems, p => p.GetProperty("line").GetInt32() == 3 && p.GetProperty("value").GetString() == "10");
    }

    [Theory]
    [InlineData("run", "nosuch.yaml")]
    [InlineData("report", "nosuch")]
    [InlineData("channels", "--station", "nosuch.yaml")]
    public void Cycler_FailureWithJson_LeavesStandardOutputEmpty(params string[] arguments)
    {
        var result = runs.Bench.Cycler([.. arguments, "--json"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
    }

    [Fact]
    public void Report_OfTheSameRun_PrintsTheSummaryWithTheCcdLine()
    {
        var result = runs.Bench.Cycler("report", Path.GetFileName(runs.Folder)[..13]);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("CCD: 0.50 mA/cm2", result.OutputLines);
        Assert.Contains(result.OutputLines, l => l.Contains("simulated cell: its critical current is a model parameter", StringComparison.Ordinal));
    }
}
