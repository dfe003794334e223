using System.Text.Json;
using CyclerControl.Analysis.Reports;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Tests.Reports;

public sealed class ReportOutputTests
{
    private static RunReport Shorted()
    {
        var run = new ScriptedRun { Simulated = true }.Rest(600).Level(0, 0.9, ohms: 50).Level(1, 1.0, ohms: 50);
        run.Half(2, -1.1e-3 * 0.785, seconds: 360, end: StepEnd.ShortCircuit).Detect(DetectionKind.HardShort);
        return run.Report(RunOutcome.ShortFound, "short circuit") with
        {
            Files = new Dictionary<string, string>(StringComparer.Ordinal) { ["run"] = "cycler-data/runs/x/run.sqlite" },
        };
    }

    [Fact]
    public void Json_CcdRun_HasTheAgreedNames()
    {
        using var document = JsonDocument.Parse(ReportJson.Write(Shorted()));
        var root = document.RootElement;
        Assert.Equal("20260101-000000-demo-1-abcd", root.GetProperty("run_id").GetString());
        Assert.Equal("short_found", root.GetProperty("outcome").GetString());
        Assert.Equal(0, root.GetProperty("exit_code").GetInt32());
        Assert.Equal(1.0, root.GetProperty("ccd_ma_per_cm2").GetDouble());
        var found = root.GetProperty("short");
        Assert.Equal(15360, found.GetProperty("time_s").GetDouble());
        Assert.Equal("hard", found.GetProperty("kind").GetString());
        Assert.Equal(1.1, found.GetProperty("current_ma_per_cm2").GetDouble());
        Assert.Equal(0.11, found.GetProperty("areal_capacity_mah_per_cm2").GetDouble());
        Assert.Equal(5, found.GetProperty("half_cycle").GetInt32());
        Assert.Equal(2.01, root.GetProperty("cumulative_areal_capacity_mah_per_cm2").GetDouble());
        var levels = root.GetProperty("levels");
        Assert.Equal(3, levels.GetArrayLength());
        Assert.Equal(0.9, levels[0].GetProperty("current_ma_per_cm2").GetDouble());
        Assert.Equal(0.035325, levels[0].GetProperty("overpotential_v").GetDouble());
        Assert.Equal(39.25, levels[0].GetProperty("asr_ohm_cm2").GetDouble());
        Assert.Equal(JsonValueKind.Null, levels[2].GetProperty("overpotential_v").ValueKind);
        Assert.Equal(1, root.GetProperty("cycles")[0].GetProperty("cycle").GetInt32());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("cycles")[0].GetProperty("ce").ValueKind);
        Assert.Equal("cycler-data/runs/x/run.sqlite", root.GetProperty("files").GetProperty("run").GetString());
    }

    [Fact]
    public void Detections_RepeatedByTheEventThatEndsTheRun_AreToldOnce()
    {
        var run = new ScriptedRun().Rest(600).Level(0, 0.9, ohms: 50).Detect(DetectionKind.HardShort);
        run.Events.Add(run.Events[^1] with { Kind = "run_ended" });
        var report = run.Report(RunOutcome.ShortFound, "short circuit");

        using var document = JsonDocument.Parse(ReportJson.Write(report));
        Assert.Equal(1, document.RootElement.GetProperty("detections").GetArrayLength());
        Assert.Single(ReportMarkdown.Write(report).Split('\n'), l => l.Contains("| HardShort |", StringComparison.Ordinal));
    }

    [Fact]
    public void Json_OneLine_IsTheSameObject()
    {
        var report = Shorted();
        var line = ReportJson.Write(report, indented: false);
        Assert.DoesNotContain('\n', line);
        using var one = JsonDocument.Parse(line);
        using var other = JsonDocument.Parse(ReportJson.Write(report));
        Assert.True(JsonElement.DeepEquals(one.RootElement, other.RootElement));
    }

    [Fact]
    public void Json_RunWithoutRows_IsAllNullsAndNoNumbers()
    {
        var run = new ScriptedRun { Cell = new CellSpec() };
        using var document = JsonDocument.Parse(ReportJson.Write(run.Report(RunOutcome.Unreachable, "no answer")));
        var root = document.RootElement;
        Assert.Equal(4, root.GetProperty("exit_code").GetInt32());
        foreach (var name in new[] { "ccd_ma_per_cm2", "short", "cumulative_areal_capacity_mah_per_cm2" })
        {
            Assert.Equal(JsonValueKind.Null, root.GetProperty(name).ValueKind);
        }

        Assert.Equal(0, root.GetProperty("levels").GetArrayLength());
    }

    [Fact]
    public void Json_NotDetermined_HasNoCcdButTheBound()
    {
        var run = new ScriptedRun().Level(0, 0.1).Half(1, -1.57e-4, seconds: 9, end: StepEnd.Interrupted);
        using var document = JsonDocument.Parse(ReportJson.Write(run.Report(RunOutcome.Stopped)));
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("ccd_ma_per_cm2").ValueKind);
        Assert.Equal(0.1, document.RootElement.GetProperty("ccd").GetProperty("held_ma_per_cm2").GetDouble());
    }

    [Theory]
    [InlineData(RunOutcome.Completed, "completed", 0)]
    [InlineData(RunOutcome.ShortFound, "short_found", 0)]
    [InlineData(RunOutcome.NoShort, "no_short", 0)]
    [InlineData(RunOutcome.Stopped, "stopped", 1)]
    [InlineData(RunOutcome.Tripped, "tripped", 3)]
    [InlineData(RunOutcome.Protected, "protected", 3)]
    [InlineData(RunOutcome.Faulted, "faulted", 3)]
    [InlineData(RunOutcome.Unreachable, "unreachable", 4)]
    [InlineData(RunOutcome.RecordingFailed, "recording_failed", 5)]
    [InlineData(RunOutcome.Interrupted, "interrupted", 5)]
    public void Outcome_WordAndExitCode_AreTheAgreedOnes(RunOutcome outcome, string word, int code)
    {
        Assert.Equal(word, OutcomeText.Word(outcome));
        Assert.Equal(code, OutcomeText.ExitCode(outcome));
        Assert.NotEmpty(OutcomeText.Sentence(new ScriptedRun().Report(outcome)));
    }

    [Fact]
    public void Outcome_RunStillGoing_HasNoExitCode()
    {
        Assert.Equal("unfinished", OutcomeText.Word(null));
        Assert.Null(OutcomeText.ExitCode(null));
    }

    [Fact]
    public void Summary_CcdRun_HasTheLineAndTheWords()
    {
        var lines = ReportText.Summary(Shorted());
        Assert.Contains("CCD: 1.00 mA/cm2", lines);
        Assert.Contains("  CCD = 1.00 mA/cm2 (short at 1.10 mA/cm2, half-cycle 5)", lines);
        Assert.Contains("Short: hard, at 4.267 h, 1.10 mA/cm2, 0.110 mAh/cm2 into half-cycle 5", lines);
        Assert.Contains("Cumulative areal capacity: 2.01 mAh/cm2 plated (3.91 mAh/cm2 in both directions)", lines);
        Assert.Contains("Note: simulated cell: its critical current is a model parameter", lines);
        Assert.Contains(lines, l => l.Contains("35.33", StringComparison.Ordinal) && l.Contains("39.2", StringComparison.Ordinal));
    }

    [Fact]
    public void Markdown_CcdRun_IsReadable()
    {
        var text = ReportMarkdown.Write(Shorted());
        Assert.Contains("**CCD: 1.00 mA/cm2**", text, StringComparison.Ordinal);
        Assert.Contains("A hard short circuit came at 4.267 h, in half-cycle 5.", text, StringComparison.Ordinal);
        Assert.Contains("simulated cell: its critical current is a model parameter", text, StringComparison.Ordinal);
        Assert.Contains("| HardShort | Abort |", text, StringComparison.Ordinal);
        Assert.Contains("protocol: scripted", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_RealCell_IsNotCalledSimulated() =>
        Assert.DoesNotContain("model parameter", ReportMarkdown.Write(new ScriptedRun().Level(0, 0.1).Report(RunOutcome.NoShort)), StringComparison.Ordinal);

    [Fact]
    public void Markdown_SymmetricCell_PrintsNoEfficiency() =>
        Assert.DoesNotContain("fficiency", ReportMarkdown.Write(Shorted()), StringComparison.Ordinal);

    [Fact]
    public void Temperature_Measured_IsWeightedByTime()
    {
        var run = new ScriptedRun { Grid = _ => [] };
        run.Step(new ScriptedRun.Line { Seconds = 100, Volts = _ => 0, Celsius = 20 })
            .Step(new ScriptedRun.Line { Seconds = 100, Volts = _ => 0, Celsius = 30 })
            .Step(new ScriptedRun.Line { Seconds = 800, Volts = _ => 0, Celsius = 30 });
        Assert.Equal(((25 * 100) + (30 * 800)) / 900.0, run.Report(RunOutcome.NoShort).Totals.MeanCelsius!.Value, 9);
    }
}
