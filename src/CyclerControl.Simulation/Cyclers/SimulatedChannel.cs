using CyclerControl.Core.Runs;
using CyclerControl.Simulation.Cells;
using CyclerControl.Simulation.Randomness;
using CyclerControl.Simulation.Shorts;

namespace CyclerControl.Simulation.Cyclers;

/// <summary>
/// One output of the simulated cycler: settings, relay, watchdog, latch and the cell behind it, brought up to the present whenever somebody
/// asks. Not thread-safe: <see cref="SimulatedCycler"/> guards it.
/// </summary>
public sealed class SimulatedChannel
{
    private const double OverVoltageFraction = 1.05;
    private readonly CyclerModel _model;
    private readonly OutputStage _stage;
    private readonly ReadingNoise _noise;
    private readonly TruthLog? _truth;
    private readonly ShortInjection? _injection;
    private Draws _moments;
    private long _shortAtNanoseconds = long.MaxValue;
    private readonly long _madeAtNanoseconds;
    private long _nowNanoseconds;
    private long _lastTrafficNanoseconds;
    private double _loggedCoulombs;
    private int _loggedShorts;

    internal SimulatedChannel(int number, SimulatedCell cell, CyclerModel model, TruthLog? truth, long nowNanoseconds, ShortInjection? injection)
    {
        _injection = injection;
        _moments = new Draws(cell.Seed, StreamPurpose.Injection);
        Number = number;
        Cell = cell;
        _model = model;
        _truth = truth;
        _stage = new OutputStage(cell, model.SlewSeconds);
        _noise = new ReadingNoise(model.Noise, cell.Seed);
        Trace = new TraceBuffer(nowNanoseconds);
        _madeAtNanoseconds = nowNanoseconds;
        _nowNanoseconds = nowNanoseconds;
        _lastTrafficNanoseconds = nowNanoseconds;
        Reset();
        truth?.Text(nowNanoseconds, number, "cell", cell.Name);
    }

    public int Number { get; }

    /// <summary>What is on the terminals. A model: its critical current is a parameter.</summary>
    public SimulatedCell Cell { get; }

    public bool IsOn { get; private set; }

    internal TraceBuffer Trace { get; }

    public OutputFunction Function { get; private set; }

    public double Amperes { get; private set; }

    public double Volts { get; private set; }

    public double LowVolts { get; private set; }

    public double HighVolts { get; private set; }

    /// <summary>Ceiling of |I| while a voltage is sourced, A.</summary>
    public double CeilingAmperes { get; private set; }

    /// <summary>Maximum of the present range, A.</summary>
    public double RangeAmperes { get; private set; }

    public double WatchdogSeconds { get; private set; }

    public bool IsWatchdogArmed { get; private set; }

    /// <summary>A run without a watchdog has the channel.</summary>
    internal bool IsPrepared { get; set; }

    /// <summary>Latched: the output stays off until <see cref="ClearTrip"/>.</summary>
    public ChannelTrip Trip { get; private set; }

    /// <summary>True voltage at the terminals, V.</summary>
    public double TrueVolts => _stage.Volts;

    /// <summary>True current, A.</summary>
    public double TrueAmperes => _stage.Amperes;

    /// <summary>True while a compliance voltage (or the current ceiling) regulates instead of the set-point.</summary>
    public bool IsInCompliance => IsOn && _stage.IsClamped;

    public ChargeTruth Charge => new(
        (_stage.Coulombs - _loggedCoulombs) / 3600, _stage.Coulombs / 3600, _stage.ThroughputCoulombs / 3600);

    /// <summary>Brings relay, watchdog and cell to this time; earlier times are ignored.</summary>
    public void BringUpTo(long nowNanoseconds)
    {
        if (IsOn && IsWatchdogArmed)
        {
            var deadline = _lastTrafficNanoseconds + Nanoseconds.FromSeconds(WatchdogSeconds);
            if (deadline <= nowNanoseconds)
            {
                SampleUpTo(deadline);
                SwitchOff(ChannelTrip.Watchdog);
            }
        }

        SampleUpTo(nowNanoseconds);
    }

    /// <summary>Traffic that names this channel: the watchdog starts anew, if it has not bitten already.</summary>
    public void Touch(long nowNanoseconds)
    {
        BringUpTo(nowNanoseconds);
        _lastTrafficNanoseconds = nowNanoseconds;
    }

    /// <summary>One reading, as the instrument gives it.</summary>
    public void Measure(out double volts, out double amperes)
    {
        var polarisation = Cell.Chemistry is SymmetricChemistry ? _stage.Volts : _stage.Volts - Cell.Volts(0);
        var idle = !IsOn && !IsWatchdogArmed && !IsPrepared;
        volts = _noise.Volts(_stage.Volts, polarisation, (_nowNanoseconds - _madeAtNanoseconds) * 1e-9, idle);
        amperes = _noise.Amperes(_stage.Amperes, RangeAmperes, idle);
    }

    public ChannelError SwitchOn()
    {
        if (Trip != ChannelTrip.None || Conflicts(Function, Volts, LowVolts, HighVolts))
        {
            return ChannelError.SettingsConflict;
        }

        if (!IsOn)
        {
            IsOn = true;
            _truth?.Text(_nowNanoseconds, Number, "output", "on");
            PlanShort();
            CheckHardware();
        }

        return ChannelError.None;
    }

    public void SwitchOff() => SwitchOff(ChannelTrip.None);

    public ChannelError SetFunction(OutputFunction function)
    {
        if (IsOn && Conflicts(function, Volts, LowVolts, HighVolts))
        {
            return ChannelError.SettingsConflict;
        }

        LogCharge(function != Function);
        Function = function;
        return ChannelError.None;
    }

    public ChannelError SetCurrent(double amperes)
    {
        if (Math.Abs(amperes) > RangeAmperes)
        {
            return ChannelError.DataOutOfRange;
        }

        LogCharge(amperes != Amperes && Function == OutputFunction.Current);
        Amperes = amperes;
        return ChannelError.None;
    }

    public ChannelError SetVolts(double volts)
    {
        if (Math.Abs(volts) > _model.MaxVolts)
        {
            return ChannelError.DataOutOfRange;
        }

        if (IsOn && Conflicts(Function, volts, LowVolts, HighVolts))
        {
            return ChannelError.SettingsConflict;
        }

        LogCharge(volts != Volts && Function == OutputFunction.Voltage);
        Volts = volts;
        return ChannelError.None;
    }

    public ChannelError SetLowVolts(double volts) => SetCompliance(volts, HighVolts);

    public ChannelError SetHighVolts(double volts) => SetCompliance(LowVolts, volts);

    public ChannelError SetCeiling(double amperes)
    {
        if (amperes < 0 || amperes > _model.MaxAmperes)
        {
            return ChannelError.DataOutOfRange;
        }

        CeilingAmperes = amperes;
        return ChannelError.None;
    }

    /// <summary>Takes the lowest range that holds this current.</summary>
    public ChannelError SetRange(double amperes)
    {
        if (_model.RangeFor(amperes) is not { } range)
        {
            return ChannelError.DataOutOfRange;
        }

        if (Math.Abs(Amperes) > range)
        {
            return ChannelError.SettingsConflict;
        }

        RangeAmperes = range;
        return ChannelError.None;
    }

    public ChannelError SetWatchdogDelay(double seconds)
    {
        if (seconds is < 1 or > 3600)
        {
            return ChannelError.DataOutOfRange;
        }

        WatchdogSeconds = seconds;
        return ChannelError.None;
    }

    public void ArmWatchdog(bool armed) => IsWatchdogArmed = armed;

    public void ClearTrip() => Trip = ChannelTrip.None;

    /// <summary>Output off and settings to their defaults; a trip stays latched.</summary>
    public void Reset()
    {
        SwitchOff();
        Function = OutputFunction.Current;
        Amperes = 0;
        Volts = 0;
        LowVolts = -_model.MaxVolts;
        HighVolts = _model.MaxVolts;
        RangeAmperes = _model.MaxAmperes;
        CeilingAmperes = _model.MaxAmperes;
        IsWatchdogArmed = false;
        WatchdogSeconds = 60;
        Trace.Run(false, _nowNanoseconds);
        Trace.Clear();
    }

    /// <summary>The trace starts or stops; what it holds stays.</summary>
    internal void RunTrace(bool on) => Trace.Run(on, _nowNanoseconds);

    private static bool Conflicts(OutputFunction function, double volts, double lowVolts, double highVolts) =>
        lowVolts >= highVolts || (function == OutputFunction.Voltage && (volts < lowVolts || volts > highVolts));

    private ChannelError SetCompliance(double lowVolts, double highVolts)
    {
        if (lowVolts < -_model.MaxVolts || highVolts > _model.MaxVolts || lowVolts > _model.MaxVolts || highVolts < -_model.MaxVolts)
        {
            return ChannelError.DataOutOfRange;
        }

        if (IsOn && Conflicts(Function, Volts, lowVolts, highVolts))
        {
            return ChannelError.SettingsConflict;
        }

        LowVolts = lowVolts;
        HighVolts = highVolts;
        return ChannelError.None;
    }

    private void SwitchOff(ChannelTrip trip)
    {
        if (trip != ChannelTrip.None)
        {
            Trip = trip;
            _truth?.Text(_nowNanoseconds, Number, "trip", trip == ChannelTrip.Watchdog ? "watchdog" : "hardware limit");
        }

        if (IsOn)
        {
            LogCharge(true);
            IsOn = false;
            HealShort();
            _stage.Open();
            _truth?.Text(_nowNanoseconds, Number, "output", "off");
        }
    }

    private void PlanShort()
    {
        if (_injection is { } plan)
        {
            var after = plan.EarliestSeconds + ((plan.LatestSeconds - plan.EarliestSeconds) * _moments.NextUniform());
            _shortAtNanoseconds = _nowNanoseconds + Nanoseconds.FromSeconds(after);
        }
    }

    private void HealShort()
    {
        if (_injection is not null)
        {
            _shortAtNanoseconds = long.MaxValue;
            Cell.HealShort();
            _loggedShorts = 0;
        }
    }

    /// <summary>To this time, with a stop at each reading that the trace takes on the way.</summary>
    private void SampleUpTo(long toNanoseconds)
    {
        Trace.LeaveOut(toNanoseconds);
        while (Trace.IsDue(toNanoseconds))
        {
            Pass(Trace.NextNanoseconds);
            Measure(out var volts, out var amperes);
            Trace.Add(volts, amperes);
        }

        Pass(toNanoseconds);
    }

    private void Pass(long toNanoseconds)
    {
        if (_injection is { } plan && toNanoseconds > _shortAtNanoseconds)
        {
            PassTo(_shortAtNanoseconds);
            _shortAtNanoseconds = long.MaxValue;
            Cell.PlantShort(_stage.Amperes, plan.Ohms);
        }

        PassTo(toNanoseconds);
    }

    private void PassTo(long toNanoseconds)
    {
        if (toNanoseconds <= _nowNanoseconds)
        {
            return;
        }

        var seconds = (toNanoseconds - _nowNanoseconds) * 1e-9;
        _nowNanoseconds = toNanoseconds;
        if (!IsOn)
        {
            _stage.Rest(seconds);
        }
        else if (Function == OutputFunction.Current)
        {
            _stage.SourceCurrent(seconds, Amperes, RangeAmperes, LowVolts, HighVolts);
        }
        else
        {
            _stage.SourceVoltage(seconds, Volts, Math.Min(CeilingAmperes, RangeAmperes));
        }

        if (Cell.Truth.ShortCount != _loggedShorts)
        {
            LogShorts();
        }

        CheckHardware();
    }

    private void CheckHardware()
    {
        if (IsOn && Math.Abs(_stage.Volts) > OverVoltageFraction * _model.MaxVolts)
        {
            SwitchOff(ChannelTrip.HardwareLimit);
        }
    }

    private void LogShorts()
    {
        for (; _loggedShorts < Cell.Truth.ShortCount; _loggedShorts++)
        {
            ShortOnset onset = Cell.Truth.Short(_loggedShorts);
            _truth?.Short(_madeAtNanoseconds + Nanoseconds.FromSeconds(onset.TimeSeconds), Number, onset);
        }
    }

    private void LogCharge(bool isChange)
    {
        if (IsOn && isChange)
        {
            _truth?.Charge(_nowNanoseconds, Number, Charge);
            _loggedCoulombs = _stage.Coulombs;
        }
    }
}
