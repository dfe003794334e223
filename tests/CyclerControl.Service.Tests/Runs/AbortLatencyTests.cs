using System.Text;
using System.Text.Json;
using CyclerControl.Analysis.Reports;
using CyclerControl.Simulation.Cyclers;
using CyclerControl.Simulation.Shorts;

namespace CyclerControl.Service.Tests.Runs;

/// <summary>
/// Instruments that run by themselves and whose record we fetch, where rule 1 is not in the instrument: from the row that decides, when the instrument made
/// it, to its output off, by its own word, on the virtual clock, on which an exchange takes no time.
/// </summary>
public sealed class AbortLatencyTests
{
    // One short in each second between two fetches.
    [Fact]
    public async Task HardShort_OnNeware_IsOffWithTheNextFetchAndWithinWhatIsStated()
    {
        var latencies = new List<double>();
        for (var second = 0; second < 5; second++)
        {
            using var share = new TemporaryFolder();
            using var lines = new MemoryStream();
            using var truth = new TruthLog(lines);
            var after = 600.5 + second;
            using var station = SimulatedStation.OfNeware("dpf-lpsc", share.Path, shorts: false, injection: new ShortInjection(after, after), truth: truth);
            var report = await ShippedRun.OfTextAsync(station, "plating.yaml", Plating("0.5 mA", "1 s"), "area=1cm2");
            var output = Outputs(lines);

            latencies.Add(Latency(station, report, output["on"], output["off"]));
        }

        Assert.Equal([0, 1, 2, 3, 4], latencies.Select(Math.Floor).Order());
    }

    // The cell's own shorts, at a current that makes them soon: each at another moment between two fetches.
    [Fact]
    public async Task HardShort_OnBioLogic_IsOffWithTheNextFetchAndWithinWhatIsStated()
    {
        var latencies = new List<double>();
        for (var seed = 1; seed <= 5; seed++)
        {
            using var station = SimulatedStation.OnEcLab("li-lpsc-li", seed);
            var report = await ShippedRun.OfTextAsync(station, "plating.yaml", Plating("3 mA", "100 ms"), "area=1cm2");
            var channel = station.EcLab!.Channels[0];

            latencies.Add(Latency(station, report, channel.StartedAtSeconds, channel.OffAtSeconds));
        }

        Assert.InRange(latencies.Max() - latencies.Min(), 0.25, 1);
    }

    // The least resistance is known: each technique ends at the voltage under which no healthy cell is.
    [Fact]
    public async Task HardShort_OnBioLogicWithRule1InItsTechniques_IsOffBeforeTheNextRow()
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            using var station = SimulatedStation.OnEcLab("li-lpsc-li", seed);
            var report = await ShippedRun.OfTextAsync(station, "plating.yaml", Plating("3 mA", "100 ms"), "area=1cm2,bulk_resistance=40ohm");
            var channel = station.EcLab!.Channels[0];

            Assert.NotNull(report.Ending!.Short);
            Assert.InRange(channel.OffAtSeconds - channel.Cell.Truth.FirstShort!.Value.TimeSeconds, 0, 0.01);
        }
    }

    private static double Latency(SimulatedStation station, RunReport report, double startedAt, double offAt)
    {
        var capabilities = station.Links.Instruments[0].Link.Capabilities;
        var poll = capabilities.Schedule!.PollEvery.TotalSeconds;
        var decidedAt = startedAt + report.Ending!.Short!.TimeSeconds;

        Assert.Equal(poll * Math.Ceiling(decidedAt / poll), offAt, 1e-3);
        Assert.InRange(offAt - decidedAt, 0, capabilities.AbortLatency.TotalSeconds);
        return offAt - decidedAt;
    }

    /// <summary>When its output went on and off, s on its clock.</summary>
    private static Dictionary<string, double> Outputs(MemoryStream lines) => Encoding.UTF8.GetString(lines.ToArray())
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement)
        .Where(line => line.GetProperty("event").GetString() == "output")
        .ToDictionary(line => line.GetProperty("value").GetString()!, line => line.GetProperty("t_s").GetDouble(), StringComparer.Ordinal);

    private static string Plating(string current, string every) => $$"""
        protocol: plating
        version: 1
        about: Plates until it shorts
        measure: cycling
        cell: { kind: symmetric, area: ask }
        record: { every: 10 s }
        sample: { every: {{every}} }
        limits:
          voltage: { min: -1 V, max: 1 V, longer_than: 1 s }
        short_circuit: { hard: abort, soft: report }
        on_restart: stop
        on_link_loss: stop
        steps:
          - plate: {{current}}
            for: 1 h
        """;
}
