using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Tests.Detection;

/// <summary>Feeds a detector with a seeded trace, segment by segment, one sample at a time as a link does.</summary>
internal sealed class Trace
{
    private readonly Random _random;
    private long _samples;
    private int _direction;
    private Segment _segment;

    public Trace(CellSpec cell, double offsetVolts, int seed)
    {
        Detector = new ShortCircuitDetector(cell, offsetVolts);
        _random = new Random(seed);
    }

    public ShortCircuitDetector Detector { get; }

    /// <summary>Sample period, s.</summary>
    public double Period { get; init; } = 0.1;

    /// <summary>White noise, V.</summary>
    public double NoiseVolts { get; init; } = 50e-6;

    /// <summary>Test time of the last sample, s.</summary>
    public double Seconds => _samples * Period;

    public double SegmentStart { get; private set; }

    public int HalfCycle { get; private set; }

    public List<DetectionEvent> Rest(int samples, Func<double, double> volts) =>
        Run(Segments.Rest(Seconds, HalfCycle), samples, volts, 0);

    public List<DetectionEvent> Hold(double set, int samples, Func<double, double> volts) =>
        Run(Segments.Hold(set, Seconds, HalfCycle), samples, volts, 1e-3);

    public List<DetectionEvent> Sweep(double from, int samples, Func<double, double> volts, Func<double, double> amperes)
    {
        _direction = 0; // The next current is another half-cycle.
        return Run(Segments.Sweep(from, Seconds, HalfCycle), samples, volts, amperes);
    }

    /// <param name="set">Set current, A.</param>
    /// <param name="volts">Terminal voltage at a time since the segment began (or since this call, with <paramref name="sameSegment"/>), V.</param>
    /// <param name="sameSegment">The set-point goes on.</param>
    /// <param name="amperes">Measured current, A; null: as set.</param>
    public List<DetectionEvent> Current(double set, int samples, Func<double, double> volts, bool sameSegment = false, double? amperes = null)
    {
        if (Math.Sign(set) != _direction)
        {
            _direction = Math.Sign(set);
            HalfCycle++;
        }

        return Run(sameSegment ? null : Segments.Current(set, Seconds, HalfCycle), samples, volts, amperes ?? set);
    }

    public double Noise()
    {
        var u = 1 - _random.NextDouble();
        return Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * _random.NextDouble());
    }

    private List<DetectionEvent> Run(Segment? segment, int samples, Func<double, double> volts, double amperes) => Run(segment, samples, volts, _ => amperes);

    private List<DetectionEvent> Run(Segment? segment, int samples, Func<double, double> volts, Func<double, double> amperes)
    {
        if (segment is { } next)
        {
            _segment = next;
            SegmentStart = Seconds;
            Detector.BeginSegment(_segment);
        }

        var start = Seconds;
        var found = new List<DetectionEvent>();
        for (var n = 0; n < samples; n++)
        {
            _samples++;
            var sample = new Sample(Segments.Nanoseconds(Seconds), volts(Seconds - start) + NoiseVolts * Noise(), amperes(Seconds - start), null);
            if (Detector.Observe([sample]) is { } detection)
            {
                found.Add(detection);
            }
        }

        return found;
    }
}
