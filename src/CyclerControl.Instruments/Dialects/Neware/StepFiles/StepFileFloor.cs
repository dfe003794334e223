using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Instruments.Dialects.Neware.StepFiles;

/// <summary>
/// Rule 1 of the detector as a protection of the box: plating, V above -V_floor; stripping, V below +V_floor. Only where a healthy cell is certain to be far
/// from it: on symmetric cells whose electrolyte alone gives enough voltage at this current.
/// </summary>
internal sealed class StepFileFloor
{
    /// <summary>Slow boxes need 0.1 to 1 s to reverse a current, and cross 0 V on the way.</summary>
    public const double DelaySeconds = 3;

    private readonly double _neededVolts;
    private readonly double _floorVolts;
    private readonly double? _ohms;
    private readonly string? _whyNever;
    private readonly bool _speaks;
    private int _armed;
    private int _asked;

    public StepFileFloor(RunProgram program, ChannelCapabilities channel)
    {
        var detection = program.ShortCircuit.Detection;
        _neededVolts = DetectionOutlook.NeededVolts(detection, channel.VoltageOffsetVolts);
        _floorVolts = Math.Ceiling(_neededVolts / detection.HardShort.ArmingFloors * 1e4) / 1e4;
        _ohms = DetectionOutlook.LeastOhms(program.Cell);
        _speaks = program.ShortCircuit.Hard == ShortCircuitAction.Abort;
        _whyNever = !_speaks ? "short_circuit does not abort"
            : program.Cell.Kind != CellKind.Symmetric ? "a healthy cell of this kind comes near 0 V or stays far from it by itself"
            : _ohms is null ? "nothing says what a healthy cell has at least; give bulk_resistance, or thickness, conductivity and area"
            : null;
    }

    /// <summary>What to tell about it; null: nothing.</summary>
    public string? Words => !_speaks || _asked == 0 ? null
        : _whyNever is { } why ? $"Rule 1 (hard short) is not in the box: {why}. It is judged from the records only."
        : FormattableString.Invariant($"Rule 1 (hard short) is in the box for {_armed} of {_asked} current steps: |V| below {_floorVolts * 1e3:0.#} mV for {DelaySeconds} s switches off; voltage limits in these steps wait as long.")
            + (_armed < _asked ? " In the others a healthy cell may have as little." : "");

    /// <summary>V_floor of a current step, V; null where it is not armed.</summary>
    /// <param name="amperes">|I|, A.</param>
    /// <param name="goalVolts">Where it ends; a goal within the floor is none to protect.</param>
    public double? Of(StepNode step, double amperes, double? goalVolts)
    {
        _asked++;
        if (_whyNever is not null || amperes * _ohms < _neededVolts || step.ForSeconds <= DelaySeconds || step.Direction * goalVolts <= _neededVolts)
        {
            return null;
        }

        _armed++;
        return _floorVolts;
    }
}
