namespace CyclerControl.Simulation.Cells;

/// <summary>
/// Li || collector: the bare metal takes a little charge from above 0 V down to 0 V, then lithium is plated on it; stripping takes back what is
/// not dead, and the voltage rises when it is used up. The coulombic efficiency of each cycle is planted.
/// </summary>
public sealed class CollectorChemistry : ICellChemistry
{
    private const double LeastContact = 0.02;
    private readonly CollectorParameters _parameters;
    private readonly double _milliamperesPerSquareCentimetre;
    private readonly double _bulkAsr;
    private readonly double _kineticVolts;
    private readonly double _twiceExchange;
    private State _state;
    private State _mark;

    public CollectorChemistry(CollectorParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = parameters;
        _milliamperesPerSquareCentimetre = 1000 / parameters.AreaSquareCentimetres;
        _bulkAsr = parameters.ThicknessMillimetres * 100 / parameters.ConductivityMillisiemensPerCentimetre;
        _kineticVolts = Kinetics.Scale(parameters.Celsius + 273.15);
        _twiceExchange = 2 * parameters.ExchangeMilliamperesPerSquareCentimetre;
        if (parameters.StartLithiumMilliampHoursPerSquareCentimetre > 0)
        {
            _state.Lithium = parameters.StartLithiumMilliampHoursPerSquareCentimetre;
            _state.Lithiated = parameters.LithiationMilliampHoursPerSquareCentimetre;
        }
    }

    public double AreaSquareCentimetres => _parameters.AreaSquareCentimetres;

    public bool PlatesOntoWorking => true;

    /// <summary>Plating half-cycles begun so far.</summary>
    public int Cycle => _state.Cycle;

    /// <summary>Lithium that can be stripped, mAh/cm2.</summary>
    public double LithiumMilliampHoursPerSquareCentimetre => _state.Lithium;

    /// <summary>Lithium lost for good, mAh/cm2.</summary>
    public double DeadMilliampHoursPerSquareCentimetre => _state.Dead;

    /// <summary>The planted efficiency of a cycle, from 1.</summary>
    public double PlantedEfficiency(int cycle) => _parameters.FinalEfficiency
        - ((_parameters.FinalEfficiency - _parameters.FirstEfficiency) * Math.Exp(-(cycle - 1) / _parameters.EfficiencyCycles));

    public void Advance(double seconds, double ionicAmperes)
    {
        _state.AgeSeconds += seconds;
        var passed = Math.Abs(ionicAmperes) * _milliamperesPerSquareCentimetre * seconds / 3600;
        if (ionicAmperes < 0)
        {
            Plate(passed);
        }
        else if (ionicAmperes > 0)
        {
            var stripped = Math.Min(passed, _state.Lithium);
            _state.Lithium -= stripped;
            _state.Lithiated -= passed - stripped;
            _state.StrippedSincePlating += passed;
        }
    }

    public double Volts(double ionicAmperes) => SettledVolts(ionicAmperes, out _);

    public double SettledVolts(double ionicAmperes, out double slopeOhms)
    {
        var density = ionicAmperes * _milliamperesPerSquareCentimetre;
        var contact = density > 0
            ? Math.Max(LeastContact, _state.Lithium / (_state.Lithium + _parameters.HalfContactMilliampHoursPerSquareCentimetre))
            : 1;
        var working = density / (_twiceExchange * contact);
        var counter = density / _twiceExchange;
        var ohms = (_bulkAsr + (_parameters.InterphaseGrowthRate * Math.Sqrt(_state.AgeSeconds / 3600))) / _parameters.AreaSquareCentimetres;
        slopeOhms = ohms + (_kineticVolts * _milliamperesPerSquareCentimetre / _twiceExchange
            * ((1 / (contact * Math.Sqrt(1 + (working * working)))) + (1 / Math.Sqrt(1 + (counter * counter)))));
        var volts = (ionicAmperes * ohms) + (_kineticVolts * (Math.Asinh(working) + Math.Asinh(counter)));
        if (_state.Lithium <= 0)
        {
            return volts + Bare();
        }

        return density < 0 ? volts - (_parameters.NucleationVolts * Math.Exp(-_state.Lithium / 0.01)) : volts;
    }

    /// <remarks>The bare metal's voltage moves with the current itself: the one that fits the present state is a bound, and halving does the rest.</remarks>
    public double CurrentToReach(double volts, double seconds)
    {
        var bound = Solve.Current(this, volts, seriesOhms: 0, offsetVolts: 0);
        double near = 0, far = bound;
        for (var i = 0; i < 50 && Math.Abs(far - near) > 1e-13; i++)
        {
            var middle = (near + far) / 2;
            (near, far) = VoltsAfter(seconds, middle) > volts == bound > 0 ? (near, middle) : (middle, far);
        }

        return near;
    }

    public void Mark() => _mark = _state;

    public void Rewind() => _state = _mark;

    private double VoltsAfter(double seconds, double ionicAmperes)
    {
        var now = _state;
        Advance(seconds, ionicAmperes);
        var volts = Volts(ionicAmperes);
        _state = now;
        return volts;
    }

    private void Plate(double passed)
    {
        var lithiates = Math.Min(passed, Math.Max(0, _parameters.LithiationMilliampHoursPerSquareCentimetre - _state.Lithiated));
        _state.Lithiated += lithiates;
        passed -= lithiates;
        if (passed <= 0)
        {
            return;
        }

        // A new cycle, unless the strip was a mere test pulse.
        if (_state.Cycle == 0 || _state.StrippedSincePlating > 0.2 * _state.PlatedInCycle)
        {
            _state.Cycle++;
            _state.PlatedInCycle = 0;
        }

        _state.StrippedSincePlating = 0;
        var efficiency = PlantedEfficiency(_state.Cycle);
        _state.PlatedInCycle += passed;
        _state.Lithium += efficiency * passed;
        _state.Dead += (1 - efficiency) * passed;
    }

    /// <summary>Voltage of the bare metal against lithium: steep at first, then flat towards 0 V; steep again where it has lost everything.</summary>
    private double Bare()
    {
        var left = 1 - (_state.Lithiated / _parameters.LithiationMilliampHoursPerSquareCentimetre);
        return left <= 1
            ? (0.85 * _parameters.BareVolts * left * left) + (0.15 * _parameters.BareVolts * left)
            : _parameters.BareVolts * (1 + (1.85 * (left - 1)));
    }

    private struct State
    {
        public double AgeSeconds;
        public double Lithiated;
        public double Lithium;
        public double Dead;
        public double PlatedInCycle;
        public double StrippedSincePlating;
        public int Cycle;
    }
}
