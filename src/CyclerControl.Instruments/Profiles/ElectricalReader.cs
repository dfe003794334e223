using System.Collections.Immutable;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Documents;

namespace CyclerControl.Instruments.Profiles;

/// <summary>What a profile says about its outputs in volts and amperes.</summary>
internal sealed record Electrical(ChannelCapabilities Capabilities, double VoltageResolutionVolts, double VoltageGainFraction);

/// <summary>Reads ranges, accuracy, sampling, rest and abort latency.</summary>
internal sealed class ElectricalReader(MappingReader profile)
{
    public Electrical? Read(TimeSpan? watchdogTimeout)
    {
        var ranges = profile.Mapping("ranges");
        var voltage = ranges?.Mapping("voltage");
        var min = voltage?.Quantity("min")?.BaseValue;
        var max = voltage?.Quantity("max")?.BaseValue;
        var resolution = voltage?.Quantity("resolution")?.BaseValue;
        if (min >= max)
        {
            voltage!.Report("max", "is not above min", "write the most negative voltage as min, the most positive as max");
        }

        voltage?.Finish();
        var accuracy = profile.Mapping("accuracy");
        var voltageAccuracy = accuracy?.Mapping("voltage");
        var gain = voltageAccuracy?.Quantity("gain")?.BaseValue;
        var offset = voltageAccuracy?.Quantity("offset")?.BaseValue;
        voltageAccuracy?.Finish();
        var currents = Currents(ranges, accuracy);
        ranges?.Finish();
        accuracy?.Finish();
        var sampling = profile.Mapping("sampling");
        var fastest = sampling?.Seconds("fastest");
        var buffered = Buffered(sampling?.Mapping("buffered"), fastest);
        sampling?.Finish();
        var latency = profile.Seconds("abort_latency");
        var rest = profile.Choice("rest");
        if (min is null || max is null || resolution is null || gain is null || offset is null || fastest is null || latency is null || rest is null)
        {
            return null;
        }

        var capabilities = new ChannelCapabilities(
            min.Value,
            max.Value,
            offset.Value,
            currents,
            TimeSpan.FromSeconds(fastest.Value),
            rest == "open" ? RestBehaviour.Open : RestBehaviour.ZeroCurrent,
            watchdogTimeout,
            TimeSpan.FromSeconds(latency.Value))
        {
            Buffered = buffered,
        };
        return new Electrical(capabilities, resolution.Value, gain.Value);
    }

    /// <summary>Its capacity stands with the query.</summary>
    private static BufferedSampling? Buffered(MappingReader? buffered, double? polled)
    {
        var fastest = buffered?.Seconds("fastest");
        var every = buffered?.Seconds("every");
        if (fastest >= polled)
        {
            buffered!.Report("fastest", "is not shorter than the fastest of single readings", "leave buffered out: it would never be used");
        }

        if (every is < 0.01 or > 1)
        {
            buffered!.Report("every", "is out of bounds", "use 10 ms to 1 s");
        }

        buffered?.Finish();
        return fastest is null || every is null ? null : new BufferedSampling(TimeSpan.FromSeconds(fastest.Value), TimeSpan.FromSeconds(every.Value), 0);
    }

    private static ImmutableArray<CurrentRange> Currents(MappingReader? ranges, MappingReader? accuracy)
    {
        var accuracies = Accuracies(accuracy);
        var read = ImmutableArray.CreateBuilder<CurrentRange>();
        foreach (var range in ranges?.Mappings("current") ?? [])
        {
            var name = range.Text("name");
            var max = range.Quantity("max")?.BaseValue;
            var resolution = range.Quantity("resolution")?.BaseValue;
            range.Finish();
            if (name is null || max is null || resolution is null)
            {
                continue;
            }

            if (read.Count > 0 && max <= read[^1].MaxAmperes)
            {
                range.Report("max", "is not above the range before it", "list the ranges from the lowest to the highest");
            }

            if (!accuracies.Remove(name, out var worth) && accuracy is not null && accuracy.Has("current"))
            {
                range.Report("name", "has no accuracy", $"add {{ range: {name}, gain: 0.1 %, offset: 1 uA }} with the maker's numbers to accuracy.current");
            }

            read.Add(new CurrentRange(name, max.Value, resolution.Value, worth.Gain, worth.Offset));
        }

        foreach (var (_, left) in accuracies)
        {
            left.Reader.Report("range", "is none of the current ranges", "use the name of a range of ranges.current");
        }

        return read.ToImmutable();
    }

    private static Dictionary<string, (MappingReader Reader, double Gain, double Offset)> Accuracies(MappingReader? accuracy)
    {
        var read = new Dictionary<string, (MappingReader, double, double)>(StringComparer.Ordinal);
        foreach (var entry in accuracy?.Mappings("current") ?? [])
        {
            var range = entry.Text("range");
            var gain = entry.Quantity("gain")?.BaseValue;
            var offset = entry.Quantity("offset")?.BaseValue;
            entry.Finish();
            if (range is not null && !read.TryAdd(range, (entry, gain ?? 0, offset ?? 0)))
            {
                entry.Report("range", "is given twice", "keep one of them");
            }
        }

        return read;
    }
}
