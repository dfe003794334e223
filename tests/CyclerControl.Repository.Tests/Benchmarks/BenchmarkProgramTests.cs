using System.Text.Json;
using CyclerControl.Repository.Tests.Script;

namespace CyclerControl.Repository.Tests.Benchmarks;

/// <summary>Each benchmark runs and says what it should; a thousandth of the work says nothing about speed.</summary>
public sealed class BenchmarkProgramTests
{
    [Theory]
    [InlineData("record", "rows_per_s", "bytes_per_row", "floor_ratio", "alloc_bytes_per_row")]
    [InlineData("recovery", "runs", "seconds_to_ready", "seconds_to_list", "rows_per_run", "mb_per_run")]
    [InlineData("samples", "rows", "first_byte_ms", "total_ms")]
    [InlineData("api", "p99_us_idle", "p99_us_loaded", "ratio_p99", "request_p99_ms", "rss_mb")]
    [InlineData("simulate", "seconds", "ticks", "rows", "ns_per_tick", "link_alloc_bytes_per_tick", "process_alloc_bytes_per_tick")]
    [InlineData("sampling", "rate_hz", "p50_us", "p99_us", "p999_us", "max_us", "missed", "floor_p99_us", "floor_missed", "ratio_p99", "cpu_percent", "alloc_bytes_per_sample")]
    [InlineData("simulate-wire", "ticks_per_s", "floor_ticks_per_s", "ratio")]
    public void Program_NameWithJson_PrintsItsFiguresLast(string name, params string[] figures)
    {
        var figuresFound = Figures(name);

        Assert.All(figures, figure => Assert.True(double.IsFinite(figuresFound[figure])));
        Assert.True(figuresFound[figures[0]] > 0);
    }

    [Fact]
    public void Abort_OneShort_IsSwitchedOff()
    {
        var figures = Figures("abort");

        Assert.Equal(0, figures["missed"]);
        Assert.InRange(figures["p50_ms"], 0.1, 30_000); // No round lasts longer; how fast it was is not a test's business.
        Assert.Equal(figures["p99_ms"] / 100, figures["p99_periods"], 1e-3);
    }

    // Not neware: its short waits half a minute.
    [Fact]
    public void AbortAdapters_OneShortEach_IsSwitchedOffAfterItWasDecided()
    {
        var run = Run("abort-adapters", "--json", "--shorts", "1", "--serial", "--biologic");

        Assert.True(run.ExitCode == 0, run.Error);
        using var json = JsonDocument.Parse(run.Output.TrimEnd().Split('\n')[^1]);
        Assert.Equal(["serial", "biologic"], json.RootElement.EnumerateObject().Select(way => way.Name));
        Assert.All(json.RootElement.EnumerateObject(), way =>
        {
            Assert.Equal(0, way.Value.GetProperty("missed").GetInt32());
            var (decided, onset) = (way.Value.GetProperty("decided_to_off_max_ms").GetDouble(), way.Value.GetProperty("short_to_off_max_ms").GetDouble());
            Assert.InRange(decided, 0.001, onset); // How fast it was is not a test's business.
        });
    }

    [Fact]
    public void Kill_TenTimes_LosesNothingThatWasAcknowledged()
    {
        var run = Run("kill", "--json", "--times", "10");

        Assert.True(run.ExitCode == 0, run.Error);
        using var json = JsonDocument.Parse(run.Output.TrimEnd().Split('\n')[^1]);
        Assert.Equal(10, json.RootElement.GetProperty("kills").GetInt32());
        Assert.Equal(0, json.RootElement.GetProperty("lost").GetInt32());
        Assert.Equal(0, json.RootElement.GetProperty("duplicates").GetInt32());
        Assert.Equal(0, json.RootElement.GetProperty("output_on_too_long").GetInt32());
        Assert.True(json.RootElement.GetProperty("rows").GetInt32() > 0);
    }

    [Fact]
    public void Peer_FewSeconds_BothLoopsTakeSamples()
    {
        var run = Run("peer", "--json", "--scale", "0.05");

        Assert.True(run.ExitCode == 0, run.Error);
        using var json = JsonDocument.Parse(run.Output.TrimEnd().Split('\n')[^1]);
        Assert.All(["ours", "pyvisa"], who => Assert.True(json.RootElement.GetProperty(who).GetProperty("samples_per_s").GetDouble() > 0));
    }

    [Fact]
    public void Simulate_SamplesAndStepEnds_AllocateNothingOnTheLinkThread()
    {
        var figures = Figures("simulate");

        Assert.Equal(7800, figures["ticks"]);
        Assert.Equal(figures["ticks"], figures["rows"]);
        Assert.Equal(0, figures["link_ticks_that_allocate"]);
        Assert.Equal(0, figures["link_alloc_bytes_per_tick"]);
    }

    [Fact]
    public void Program_UnknownName_ListsTheNames()
    {
        var run = Run("recrod");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("peer, record, recovery, samples, sampling, simulate, simulate-wire", run.Error, StringComparison.Ordinal);
    }

    private static Dictionary<string, double> Figures(string name)
    {
        var run = Run(name, "--json", "--scale", "0.001");
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonSerializer.Deserialize<Dictionary<string, double>>(run.Output.TrimEnd().Split('\n')[^1])!;
    }

    /// <summary>The program of the configuration that is being tested.</summary>
    private static ProcessRun Run(params string[] arguments)
    {
        var program = AppContext.BaseDirectory.Replace("CyclerControl.Repository.Tests", "CyclerControl.Benchmarks", StringComparison.Ordinal);
        return ProcessRun.Start("dotnet", [Path.Combine(program, "CyclerControl.Benchmarks.dll"), .. arguments]);
    }
}
