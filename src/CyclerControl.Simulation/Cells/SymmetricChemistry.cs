namespace CyclerControl.Simulation.Cells;

/// <summary>
/// Li || Li: ohmic electrolyte, growing interphase, asinh kinetics at both electrodes, a double layer, nucleation in a fresh cell, and contact
/// lost under the electrode that is being stripped (the arc at the end of a half-cycle).
/// </summary>
public sealed class SymmetricChemistry : ICellChemistry
{
    private const double Settled = 40;
    private readonly SymmetricParameters _parameters;
    private readonly double _milliamperesPerSquareCentimetre;
    private readonly double _bulkAsr;
    private readonly double _nucleationAsr;
    private readonly double _kineticVolts;
    private readonly double _twiceExchange;
    private State _state;
    private State _mark;
    private double _platingDensity = double.NaN;
    private double _platingTerm;

    public SymmetricChemistry(SymmetricParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = parameters;
        var kelvin = parameters.Celsius + 273.15;
        _milliamperesPerSquareCentimetre = 1000 / parameters.AreaSquareCentimetres;
        _bulkAsr = parameters.ThicknessMillimetres * 0.1 / (parameters.ConductivityMillisiemensPerCentimetre * 1e-3)
            * Kinetics.ResistanceFactor(kelvin, parameters.ActivationElectronvolts);
        _kineticVolts = Kinetics.Scale(kelvin);
        _twiceExchange = 2 * parameters.ExchangeMilliamperesPerSquareCentimetre;
        _nucleationAsr = parameters.NucleationFraction * (_bulkAsr + (2 * _kineticVolts * 1000 / _twiceExchange));
    }

    public double AreaSquareCentimetres => _parameters.AreaSquareCentimetres;

    public bool PlatesOntoWorking => true;

    /// <summary>Ohmic resistance of the pellet, ohm: what impedance would show as its high-frequency intercept.</summary>
    public double BulkOhms => _bulkAsr / AreaSquareCentimetres;

    public void Advance(double seconds, double ionicAmperes)
    {
        _state.AgeSeconds += seconds;
        var density = ionicAmperes * _milliamperesPerSquareCentimetre;
        if (density != 0)
        {
            _state.LoadedSeconds += seconds;
            var passed = Math.Abs(density) * seconds / 3600;
            ref var stripped = ref _state.WorkingVoids;
            ref var plated = ref _state.CounterVoids;
            if (density < 0)
            {
                stripped = ref _state.CounterVoids;
                plated = ref _state.WorkingVoids;
            }

            stripped += passed;
            plated = Math.Max(0, plated - (passed * _parameters.ContactRestoredFraction));
        }

        var target = Overpotential(density);
        var time = seconds / _parameters.DoubleLayerSeconds;
        _state.Overpotential = time > Settled ? target : target + ((_state.Overpotential - target) * Math.Exp(-time));
    }

    public double Volts(double ionicAmperes) => (ionicAmperes * Ohms()) + _state.Overpotential;

    public double SettledVolts(double ionicAmperes, out double slopeOhms)
    {
        var density = ionicAmperes * _milliamperesPerSquareCentimetre;
        var contact = Contact(density);
        var strip = density / (_twiceExchange * contact);
        var plate = density / _twiceExchange;
        var ohms = Ohms();
        slopeOhms = ohms + (_kineticVolts * _milliamperesPerSquareCentimetre / _twiceExchange
            * ((1 / (contact * Math.Sqrt(1 + (strip * strip)))) + (1 / Math.Sqrt(1 + (plate * plate)))));
        return (ionicAmperes * ohms) + (_kineticVolts * (Math.Asinh(strip) + Math.Asinh(plate)));
    }

    public double CurrentToReach(double volts, double seconds) => Solve.Current(this, volts, seriesOhms: 0, offsetVolts: 0);

    public void Mark() => _mark = _state;

    public void Rewind() => _state = _mark;

    private double Overpotential(double density)
    {
        if (density == 0)
        {
            return 0;
        }

        // The plating side depends on the current alone, and that stays the same for hours.
        if (density != _platingDensity)
        {
            _platingDensity = density;
            _platingTerm = Math.Asinh(density / _twiceExchange);
        }

        var contact = Contact(density);
        var strip = contact == 1 ? _platingTerm : Math.Asinh(density / (_twiceExchange * contact));
        return _kineticVolts * (strip + _platingTerm);
    }

    private double Contact(double density)
    {
        var voids = density > 0 ? _state.WorkingVoids : _state.CounterVoids;
        if (voids <= 0)
        {
            return 1;
        }

        var part = voids / _parameters.ContactLossMilliampHoursPerSquareCentimetre;
        var shape = _parameters.ContactLossShape;
        var lost = shape == 2 ? part * part : Math.Pow(part, shape);
        return Math.Max(_parameters.LeastContactFraction, 1 - lost);
    }

    private double Ohms()
    {
        var hours = _state.AgeSeconds / 3600;
        var grown = _parameters.Growth == InterphaseGrowth.RootOfTime ? Math.Sqrt(hours) : hours;
        var asr = _bulkAsr + _parameters.InterphaseOhmSquareCentimetres + (_parameters.InterphaseGrowthRate * grown);
        var loaded = _state.LoadedSeconds / _parameters.NucleationSeconds;
        if (loaded < Settled)
        {
            asr += _nucleationAsr * Math.Exp(-loaded);
        }

        return asr / _parameters.AreaSquareCentimetres;
    }

    private struct State
    {
        public double AgeSeconds;
        public double LoadedSeconds;
        public double WorkingVoids;
        public double CounterVoids;
        public double Overpotential;
    }
}
