using CyclerControl.Core.Detection;
using CyclerControl.Core.Detection.Replay;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Detection.Replay;

/// <summary>Replays a finished record as `cycler detect` does.</summary>
internal static class Records
{
    public static (RecordTraits Traits, RecordReplay Replay, List<DetectionEvent> Found) Replay(IReadOnlyList<Measurement> rows, CellSpec? cell = null)
    {
        var scale = new CurrentSurvey();
        foreach (var row in rows)
        {
            scale.Add(row);
        }

        var survey = new CellSurvey(scale.Scale);
        foreach (var row in rows)
        {
            survey.Add(row);
        }

        var replay = new RecordReplay(cell ?? new CellSpec(), survey.Traits);
        var found = new List<DetectionEvent>();
        foreach (var row in rows)
        {
            replay.Add(row);
            Take(replay, found);
        }

        replay.Finish();
        Take(replay, found);
        return (survey.Traits, replay, found);
    }

    private static void Take(RecordReplay replay, List<DetectionEvent> found)
    {
        while (replay.TryTake(out var finding))
        {
            found.Add(finding!);
        }
    }
}

/// <summary>Writes a record, stretch by stretch, with seeded noise.</summary>
internal sealed class RecordWriter(int seed = 5, double period = 1)
{
    private readonly Random _random = new(seed);

    public List<Measurement> Rows { get; } = [];

    public double Seconds { get; private set; }

    public double NoiseVolts { get; init; } = 50e-6;

    /// <summary>Of the current, as a fraction.</summary>
    public double CurrentNoise { get; init; } = 1e-4;

    public RecordWriter Add(int rows, Func<double, double> amperes, Func<double, double> volts)
    {
        var start = Seconds;
        for (var n = 0; n < rows; n++)
        {
            var age = Seconds - start;
            Rows.Add(new Measurement(Segments.Nanoseconds(Seconds), volts(age) + (NoiseVolts * Noise()), amperes(age) * (1 + (CurrentNoise * Noise()))));
            Seconds += period;
        }

        return this;
    }

    public RecordWriter Add(int rows, double amperes, double volts) => Add(rows, _ => amperes, _ => volts);

    private double Noise() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
