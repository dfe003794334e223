using System.Diagnostics.Metrics;
using CyclerControl.Recording.Writing;
using CyclerControl.Service.Stations;
using CyclerControl.Service.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace CyclerControl.Service.Tests.Telemetry;

public sealed class CyclerMetricsTests
{
    [Fact]
    public async Task Collect_RunningChannel_ShowsItsLinkAndItsSamples()
    {
        await using var bench = await ServiceBench.StartAsync();
        var metrics = bench.Services.GetRequiredService<CyclerMetrics>();
        metrics.Watch(bench.Services.GetRequiredService<StationHost>(), bench.Services.GetRequiredService<RecorderHost>());
        var session = await bench.StartAndHoldAsync();

        var found = Collect(metrics.Meter);

        Assert.Equal(1, found["cycler.link.open demo"]);
        Assert.Equal(1, found["cycler.channel.running demo/1"]);
        Assert.True(found["cycler.channel.samples demo/1"] > 0);
        Assert.Contains("cycler.recorder.commit.p99 ", found.Keys);
        Assert.Contains("cycler.link.lateness.p99 demo", found.Keys);
        session.End();
        bench.LetTimeGoOn();
        await session.Conclusion;
    }

    private static Dictionary<string, double> Collect(Meter meter)
    {
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (ReferenceEquals(instrument.Meter, meter))
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => found[Name(i, tags)] = value);
        listener.SetMeasurementEventCallback<int>((i, value, tags, _) => found[Name(i, tags)] = value);
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => found[Name(i, tags)] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return found;
    }

    private static string Name(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        $"{instrument.Name} {(tags.IsEmpty ? "" : tags[0].Value)}";
}
