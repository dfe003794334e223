using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;
using CyclerControl.Simulation.Cells;
using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.Tests.Cells;

/// <summary>
/// A program on a cell whose short process is switched off: engine, limits and detector on the readings of a simulated channel, noise
/// included, sample by sample as a link feeds them. No link and no recorder, and nothing is stopped: everything that is found is kept.
/// </summary>
internal sealed class HealthyRun
{
    private const double VoltageOffsetVolts = 0.5e-3;
    private readonly ManualClock _clock = new();
    private readonly SimulatedCycler _cycler;
    private readonly RunEngine _engine;
    private readonly ShortCircuitDetector _detector;
    private readonly LimitMonitor _limits = new();
    private readonly CommandBuffer _commands = new();
    private RunState _state;
    private long _deadline;

    public HealthyRun(string cell, long seed, RunProgram program)
    {
        _cycler = new SimulatedCycler(_clock, [NamedCells.Make(cell, seed, shorts: false)], CyclerModel.EightChannel, "SIM", truth: null);
        _engine = new RunEngine(program);
        _detector = new ShortCircuitDetector(program.Cell, VoltageOffsetVolts);
    }

    public long Samples { get; private set; }

    public RunEnding? Ending { get; private set; }

    /// <summary>Samples during which a hard short would have been seen.</summary>
    public long Armed { get; private set; }

    public List<DetectionEvent> Detections { get; } = [];

    public List<LimitBreach> Breaches { get; } = [];

    public HealthyRun ToItsEnd(double sampleEverySeconds)
    {
        var period = Nanoseconds.FromSeconds(sampleEverySeconds);
        Take(new RunInput(RunInputKind.Start, 0, default));
        while (Ending is null)
        {
            var grid = ((_clock.NowNanoseconds / period) + 1) * period;
            _clock.NowNanoseconds = Math.Min(grid, Math.Max(_deadline, _clock.NowNanoseconds + 1));
            Look();
        }

        return this;
    }

    private void Look()
    {
        _cycler.Touch(1).Measure(out var volts, out var amperes);
        var sample = new Sample(_clock.NowNanoseconds, volts, amperes, null);
        Samples++;
        if (_limits.Observe(sample) is { } breach)
        {
            Breaches.Add(breach);
        }

        if (_detector.Observe(new ReadOnlySpan<Sample>(in sample)) is { } found)
        {
            Detections.Add(found);
        }

        Armed += _detector.Arming.Armed ? 1 : 0;
        Take(new RunInput(RunInputKind.Sample, sample.TimeNanoseconds, sample));
    }

    private void Take(in RunInput input)
    {
        _deadline = _engine.Advance(ref _state, input, _commands);
        foreach (ref readonly var command in _commands.Commands)
        {
            switch (command.Kind)
            {
                case RunCommandKind.Apply:
                    Apply(command.Setpoint);
                    break;
                case RunCommandKind.OutputOff:
                    _cycler.Touch(1).SwitchOff();
                    break;
                case RunCommandKind.BeginSegment:
                    _detector.BeginSegment(command.Segment);
                    _limits.BeginSegment(command.Segment);
                    break;
                case RunCommandKind.Ended:
                    Ending = command.Ending;
                    break;
                default:
                    break; // records: nobody keeps them here
            }
        }
    }

    private void Apply(in Setpoint setpoint)
    {
        var channel = _cycler.Touch(1);
        if (setpoint.Mode == OutputMode.Rest)
        {
            channel.SwitchOff();
            return;
        }

        Assert.Equal(OutputMode.Current, setpoint.Mode);
        Assert.Equal(ChannelError.None, channel.SetFunction(OutputFunction.Current));
        Assert.Equal(ChannelError.None, channel.SetRange(setpoint.Amperes));
        Assert.Equal(ChannelError.None, channel.SetCurrent(setpoint.Amperes));
        Assert.Equal(ChannelError.None, channel.SwitchOn());
    }
}
