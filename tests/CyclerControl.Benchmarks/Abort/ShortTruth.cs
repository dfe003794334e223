using System.Text.Json;

namespace CyclerControl.Benchmarks.Abort;

/// <summary>What the instruments themselves say: for each planted short the time until its output was off.</summary>
internal static class ShortTruth
{
    /// <param name="paths">Truth files of the simulator.</param>
    /// <returns>Seconds from onset to output off, one for each short that was followed by one.</returns>
    public static List<double> Latencies(IEnumerable<string> paths)
    {
        var latencies = new List<double>();
        foreach (var path in paths)
        {
            var onsets = new Dictionary<int, double>();
            foreach (var line in File.ReadLines(path))
                Take(line, onsets, latencies);
        }

        return latencies;
    }

    /// <summary>The last short of a channel that was followed by its output off, s on the instrument's clock.</summary>
    /// <param name="path">A truth file, which may be growing.</param>
    public static (double On, double Onset, double Off)? Last(string path, int channel)
    {
        var (on, onset) = (double.NaN, double.NaN);
        (double On, double Onset, double Off)? last = null;
        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (file.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.GetProperty("channel") is not { ValueKind: JsonValueKind.Number } number || number.GetInt32() != channel)
                continue;
            var time = root.GetProperty("t_s").GetDouble();
            switch (root.GetProperty("event").GetString())
            {
                case "short":
                    onset = time;
                    break;
                case "output" when root.GetProperty("value").GetString() == "on":
                    (on, onset) = (time, double.NaN);
                    break;
                case "output" when !double.IsNaN(onset):
                    last = (on, onset, time);
                    break;
            }
        }

        return last;
    }

    private static void Take(string line, Dictionary<int, double> onsets, List<double> latencies)
    {
        using var json = JsonDocument.Parse(line);
        var (kind, time) = (json.RootElement.GetProperty("event").GetString(), json.RootElement.GetProperty("t_s").GetDouble());
        if (kind is not ("short" or "output"))
            return;
        var channel = json.RootElement.GetProperty("channel").GetInt32();
        if (kind == "short")
            onsets[channel] = time;
        else if (json.RootElement.GetProperty("value").GetString() == "off" && onsets.Remove(channel, out var onset))
            latencies.Add(time - onset);
    }
}
