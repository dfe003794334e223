using CyclerControl.Analysis.Legs;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Gitt;

/// <summary>Finds the pulses in the steps; one pass over the rows gives each its fit against sqrt(t), and each rest its final slope.</summary>
internal sealed class GittPass
{
    private const double LongestOfMedian = 10;
    private const double RestTail = 0.1;

    private readonly IReadOnlyList<StepRecord> _steps;
    private readonly ActiveTime _activeTime;
    private readonly List<int> _pulses = [];
    private readonly Dictionary<int, (double Slope, double Intercept)> _lines = [];
    private readonly int _leftOut;
    private int _current = -1;
    private bool _isPulse;
    private double _fitStart;
    private double _previousX = double.NegativeInfinity;
    private double _previousVolts;
    private PolylineFit _fit;
    private PolylineFit _lastTwo;

    public GittPass(IReadOnlyList<StepRecord> steps, ActiveTime activeTime)
    {
        _steps = steps;
        _activeTime = activeTime;
        var blocks = steps.Any(s => s.Block is not null);
        for (var i = 1; i + 1 < steps.Count; i++)
        {
            var isPulse = steps[i].SetAmperes is not null and not 0 && StepEnds.IsPlanned(steps[i].End)
                && IsRest(steps[i - 1]) && IsRest(steps[i + 1]) && StepEnds.IsPlanned(steps[i + 1].End);
            if (isPulse && (!blocks || steps[i].Block is not null))
            {
                _pulses.Add(i);
            }
        }

        if (_pulses.Count > 0)
        {
            var longest = LongestOfMedian * _pulses.Select(Tau).Order().ElementAt(_pulses.Count / 2);
            _leftOut = _pulses.RemoveAll(i => Tau(i) > longest);
        }
    }

    public void Take(in SampleRow row, int stepIndex)
    {
        if (row.Reason == RowReason.Confirmation)
        {
            return;
        }

        if (stepIndex != _current)
        {
            Close();
            Open(stepIndex);
        }

        if (_current < 0)
        {
            return;
        }

        var seconds = row.StepTimeNanoseconds * 1e-9;
        var x = _isPulse ? Math.Sqrt(seconds) : seconds;
        if (x >= _fitStart)
        {
            if (_previousX < _fitStart && _previousX > double.NegativeInfinity && _isPulse)
            {
                var share = (_fitStart - _previousX) / (x - _previousX);
                _fit.Add(_fitStart, _previousVolts + (share * (row.Volts - _previousVolts)));
            }

            _fit.Add(x, row.Volts);
        }

        if (x > _previousX)
        {
            _lastTwo = default;
            if (_previousX > double.NegativeInfinity)
            {
                _lastTwo.Add(_previousX, _previousVolts);
            }

            _lastTwo.Add(x, row.Volts);
            (_previousX, _previousVolts) = (x, row.Volts);
        }
    }

    public GittResult Finish(CellSpec cell)
    {
        Close();
        var (length, missing) = DiffusionLength.Of(cell);
        var pulses = new List<GittPulse>(_pulses.Count);
        var (step, ampHours) = (0, 0.0);
        foreach (var index in _pulses)
        {
            for (; step < index; step++)
            {
                ampHours += _steps[step].ChargingAmpHours - _steps[step].DischargingAmpHours;
            }

            if (Pulse(index, pulses.Count + 1, ampHours, length) is { } pulse)
            {
                pulses.Add(pulse);
            }
        }

        return new GittResult(pulses, length, missing, _leftOut);
    }

    private GittPulse? Pulse(int index, int number, double ampHours, DiffusionLength? length)
    {
        if (_steps[index - 1].EndVolts is not { } before || _steps[index + 1].EndVolts is not { } after)
        {
            return null;
        }

        var tau = Tau(index);
        var steady = after - before;
        var fitted = _lines.TryGetValue(index, out var line);
        double? transient = fitted ? line.Slope * Math.Sqrt(tau) : null;
        var hasD = length is not null && transient is { } t && t != 0 && steady != 0;
        double? diffusivity = hasD ? length!.Diffusivity(tau, steady, transient!.Value) : null;
        var ratio = diffusivity * tau / (length?.CheckCentimetres * length?.CheckCentimetres);
        return new GittPulse(
            number,
            _steps[index].SetAmperes!.Value,
            ampHours,
            tau,
            before,
            steady,
            transient,
            fitted ? line.Intercept - before : null,
            diffusivity,
            ratio,
            ratio is null ? null : ratio <= length!.LargestRatio,
            _lines.TryGetValue(index + 1, out var rest) ? rest.Slope : null);
    }

    private void Open(int stepIndex)
    {
        _current = stepIndex;
        if (stepIndex < 0)
        {
            return;
        }

        var seconds = Tau(stepIndex);
        _isPulse = _steps[stepIndex].SetAmperes is not null;
        _fitStart = _isPulse ? Math.Sqrt(FitStartSeconds(seconds)) : (1 - RestTail) * seconds;
        _previousX = double.NegativeInfinity;
        _fit = default;
        _lastTwo = default;
    }

    private void Close()
    {
        if (_current < 0)
        {
            return;
        }

        // A sparse record may have no two rows in the last tenth of a rest: then its last two rows must do.
        if ((_fit.Line ?? (_isPulse ? null : _lastTwo.Line)) is { } line && (_isPulse || IsRest(_steps[_current])))
        {
            _lines[_current] = line;
        }
    }

    private double Tau(int index) => _activeTime.Between(_steps[index].StartNanoseconds, _steps[index].EndNanoseconds) * 1e-9;

    /// <summary>Late enough for the IR step and the charge transfer to be over, early enough for the sphere not to bend the line by more than 2 % of D.</summary>
    private static double FitStartSeconds(double tauSeconds) => Math.Clamp(tauSeconds / 100, 1, 10);

    private static bool IsRest(StepRecord step) => step.Verb == "rest";
}
