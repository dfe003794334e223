using CyclerControl.Acquisition.Links;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <summary>A channel at one moment. Consistent in itself; taken from any thread without disturbing the sampling.</summary>
public readonly record struct ChannelSnapshot
{
    public required ChannelId Channel { get; init; }

    public ChannelState State { get; init; }

    public LinkStatus Link { get; init; }

    public OutputState Output { get; init; }

    /// <summary>The step being executed (path, verb, name); null before the first run.</summary>
    public StepNode? Step { get; init; }

    /// <summary>The run is over, and readings go on to fill its last burst.</summary>
    public bool InTail { get; init; }

    /// <summary>What the channel was told last.</summary>
    public Setpoint Setpoint { get; init; }

    /// <summary>Clock time of the last valid reading, ns; null before the first.</summary>
    public long? ReadAtNanoseconds { get; init; }

    /// <summary>V.</summary>
    public double Volts { get; init; }

    /// <summary>A; positive charges.</summary>
    public double Amperes { get; init; }

    public double? Celsius { get; init; }

    /// <summary>Test time of the present or last run, ns.</summary>
    public long TestTimeNanoseconds { get; init; }

    public long StepTimeNanoseconds { get; init; }

    public int StepCount { get; init; }

    public int Cycle { get; init; }

    public int HalfCycle { get; init; }

    /// <summary>Of the run.</summary>
    public ChargeTotals Totals { get; init; }

    /// <summary>Of the present step.</summary>
    public ChargeTotals StepTotals { get; init; }

    /// <summary>Whether a short would be seen; renewed about once a second of test time and at each step.</summary>
    public ArmingState Arming { get; init; }

    public DetectionEvent? LastDetection { get; init; }

    /// <summary>The last thing worth telling (pause, trip, fault, end) in one sentence; null when all is well.</summary>
    public string? Message { get; init; }

    public RecorderStatus Recorder { get; init; }

    /// <summary>Samples taken in this run.</summary>
    public long Samples { get; init; }

    public long MissedDeadlines { get; init; }

    public long InvalidReadings { get; init; }
}
