using System.Globalization;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Tests.Processes;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Profiles;

namespace CyclerControl.Cli.Tests.Remote;

/// <summary>A channel of other software, whose file this test writes as it grows: served, asked, killed, served again.</summary>
public sealed class WatchedStationTests : IDisposable
{
    private const string Listening = "listening on ";

    /// <summary>A process each: only a hang needs so many.</summary>
    private const int MostAsked = 150;

    private const double Amperes = 0.157e-3; // 0.2 mA/cm2 on 0.785 cm2

    private readonly Workbench _bench = new(SmallProtocols.Cycling);
    private int _second;

    public WatchedStationTests()
    {
        Directory.CreateDirectory(_bench.File("land"));
        _bench.Write("fast-land.yaml", ProfileLibrary.ShippedTexts()["land-watched-8ch"]
            .Replace("profile: land-watched-8ch", "profile: fast-land", StringComparison.Ordinal)
            .Replace("poll: 5 s", "poll: 100 ms", StringComparison.Ordinal)
            .Replace("silent_after: 10 min", "silent_after: 1 s", StringComparison.Ordinal));
        _bench.Write("here.yaml", $$"""
            station: here
            instruments:
              - { name: land, profile: fast-land, connect: "watch://{{_bench.File("land")}}?files=*_{channel}.csv" }
            """);
        Write("channel_index,cycle_index,step_index,date_time_iso_string,test_time_s,step_time_s,current_A,voltage_V,charge_capacity_Ah,discharge_capacity_Ah\n");
    }

    public void Dispose() => _bench.Dispose();

    private void Write(string text) => File.AppendAllText(_bench.File("land/cell_3.csv"), text);

    private void WriteStep(int step, int seconds, double amperes)
    {
        for (var at = 0; at <= seconds; at += 5)
        {
            var charge = Math.Abs(amperes) * at / 3600;
            var now = _second + at;
            Write(string.Create(
                CultureInfo.InvariantCulture,
                $"3,1,{step},11/21/2026 09:{now / 60:00}:{now % 60:00},{now},{at},{amperes:0.000000},{amperes * 100:0.000000},{(amperes > 0 ? charge : 0):0.000000000},{(amperes < 0 ? charge : 0):0.000000000}\n"));
        }

        _second += seconds;
    }

    private RunningProgram Serve(out Func<string[], ProgramResult> ask)
    {
        var service = _bench.Start("serve", "--station", "here.yaml", "--url", "http://127.0.0.1:0");
        var url = service.WaitForLine(l => l.StartsWith(Listening, StringComparison.Ordinal))[Listening.Length..].Trim();
        var environment = new Dictionary<string, string>
        {
            ["CYCLER_URL"] = url,
            ["CYCLER_TOKEN"] = File.ReadAllText(_bench.File("cycler-data/admin.token")).Trim(),
            ["XDG_CONFIG_HOME"] = _bench.File("config"),
        };
        ask = arguments =>
        {
            using var program = RunningProgram.Cycler(_bench.Path, environment, arguments);
            return program.WaitForExit();
        };
        return service;
    }

    private static string StatusUntil(Func<string[], ProgramResult> ask, RunningProgram service, string wanted)
    {
        var last = "";
        for (var asked = 0; asked < MostAsked && !service.HasExited; asked++)
        {
            var status = ask(["status"]);
            Assert.True(status.ExitCode == 0, status.Error);
            last = status.Output;
            if (last.Contains(wanted, StringComparison.Ordinal))
            {
                return last;
            }
        }

        throw new InvalidOperationException($"the status never had '{wanted}': {last}; the service: {service.OutputSoFar}");
    }

    [Fact]
    public void Serve_AWatchedChannel_SaysEverywhereThatItCannotSwitchItAndAdoptsItAfterAKill()
    {
        Assert.Contains(Safeguards.WatchedOnly, _bench.Cycler("channels", "--station", "here.yaml").Output, StringComparison.Ordinal);
        WriteStep(1, 10, 0);
        WriteStep(2, 120, -Amperes);
        using (var service = Serve(out var ask))
        {
            var started = ask(["start", "small.yaml", "--channel", "land/3", "--cell", Workbench.Area]);
            Assert.True(started.ExitCode == 0, started.Error);
            Assert.Contains(Safeguards.WatchedOnly, started.Error, StringComparison.Ordinal);
            Assert.Contains("NOT OURS", StatusUntil(ask, service, "00:02:05"), StringComparison.Ordinal);

            var stopped = ask(["stop", "land/3"]);
            Assert.Equal(ExitCode.Tripped, stopped.ExitCode);
            Assert.Contains(Safeguards.WatchedOnly, stopped.Error, StringComparison.Ordinal);
            var all = ask(["stop-all"]);
            Assert.Equal(ExitCode.Tripped, all.ExitCode);
            Assert.Contains("0 channels told to stop", all.Output, StringComparison.Ordinal);
            service.KillHard();
            service.WaitForExit();
        }

        WriteStep(3, 120, Amperes);
        using var second = Serve(out var askAgain);
        Assert.Contains("adopted", StatusUntil(askAgain, second, "00:04:05"), StringComparison.Ordinal);
        WriteStep(4, 120, -Amperes);
        WriteStep(5, 120, Amperes);
        StatusUntil(askAgain, second, "land/3       finished"); // "unfinished" stands there too
        second.Interrupt();
        var left = second.WaitForExit();
        Assert.Equal(ExitCode.Planned, left.ExitCode);
        Assert.Contains("not ours to switch, as they were: land/1, land/2, land/3", left.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("stopped: outputs off", left.Output, StringComparison.Ordinal);

        var report = Workbench.Json(_bench.Cycler("report", "last", "--json").Output);
        Assert.Equal("completed", report.GetProperty("outcome").GetString());
        Assert.Contains(report.GetProperty("notes").EnumerateArray(), n => n.GetString()!.Contains("a watched channel", StringComparison.Ordinal));
        Assert.All(report.GetProperty("cycles").EnumerateArray(), c => Assert.Equal(120 * Amperes / 3.6, c.GetProperty("discharge_mah").GetDouble(), 1e-6));
        Assert.Equal(2, report.GetProperty("cycles").GetArrayLength());
    }
}
