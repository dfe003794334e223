namespace CyclerControl.Simulation.Cells;

/// <summary>
/// Cathode || Li: open-circuit curve at the particles' surface, series resistance, one RC for the charge transfer, spherical diffusion with a
/// planted coefficient, coulombic losses and fading. Charging plates lithium onto the counter electrode.
/// </summary>
public sealed class FullCellChemistry : ICellChemistry
{
    private readonly FullCellParameters _parameters;
    private readonly OpenCircuitCurve _curve;
    private readonly SphericalDiffusion _diffusion;
    private State _state;
    private State _mark;

    public FullCellChemistry(FullCellParameters parameters, OpenCircuitCurve curve)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = parameters;
        _curve = curve;
        var radius = parameters.ParticleRadiusMicrometres * 1e-4;
        _diffusion = new SphericalDiffusion(
            parameters.DiffusionSquareCentimetresPerSecond / (radius * radius), parameters.Shells, parameters.StartCharge);
    }

    public double AreaSquareCentimetres => _parameters.AreaSquareCentimetres;

    public bool PlatesOntoWorking => false;

    /// <summary>The planted truth.</summary>
    public FullCellParameters Parameters => _parameters;

    public void Advance(double seconds, double ionicAmperes)
    {
        _diffusion.Advance(seconds, Flux(ionicAmperes, seconds));
        var target = ionicAmperes * _parameters.TransferOhms;
        _state.TransferVolts = target + ((_state.TransferVolts - target) * Math.Exp(-seconds / _parameters.TransferSeconds));
        _state.AgeSeconds += seconds;
        var milliampHours = ionicAmperes * seconds / 3.6;
        _state.ThroughputMilliampHours += Math.Abs(milliampHours);
        _state.ChargedMilliampHours += Math.Max(0, milliampHours);
    }

    public double Volts(double ionicAmperes) => SettledVolts(ionicAmperes, out _);

    public double SettledVolts(double ionicAmperes, out double slopeOhms)
    {
        var perAmpere = Flux(Math.Sign(ionicAmperes), 0);
        var surface = _diffusion.Surface(0);
        var skin = _diffusion.Surface(perAmpere) - surface;
        var volts = _curve.Volts(surface + (skin * Math.Abs(ionicAmperes)), out var slope);
        var ohms = SeriesOhms();
        slopeOhms = ohms + (slope * Math.Abs(skin));
        return volts + (ionicAmperes * ohms) + _state.TransferVolts;
    }

    public double CurrentToReach(double volts, double seconds)
    {
        _diffusion.Predict(seconds, out var offset, out var gain);
        var decay = Math.Exp(-seconds / _parameters.TransferSeconds);
        var ohms = SeriesOhms() + (_parameters.TransferOhms * (1 - decay));
        var rest = volts - (_state.TransferVolts * decay);
        var amperes = 0.0;
        for (var i = 0; i < 40; i++)
        {
            var flux = Flux(amperes, seconds);
            var perAmpere = gain * Math.Abs(Flux(amperes >= 0 ? 1e-9 : -1e-9, seconds) * 1e9);
            var value = _curve.Volts(offset + (gain * flux), out var slope) + (amperes * ohms) - rest;
            var change = value / ((slope * perAmpere) + ohms);
            amperes -= change;
            if (Math.Abs(change) <= 1e-13 + (1e-10 * Math.Abs(amperes)))
            {
                break;
            }
        }

        return amperes;
    }

    public void Mark()
    {
        _mark = _state;
        _diffusion.Mark();
    }

    public void Rewind()
    {
        _state = _mark;
        _diffusion.Rewind();
    }

    private double SeriesOhms() => _parameters.SeriesOhms
        * (1 + (_parameters.ResistanceGrowthPerRootHour * Math.Sqrt(_state.AgeSeconds / 3600)));

    /// <summary>Rate of change of the mean state of charge, 1/s. A part of every charge is lost to a side reaction.</summary>
    private double Flux(double amperes, double seconds)
    {
        var cycles = _state.ThroughputMilliampHours / (2 * _parameters.CapacityMilliampHours);
        var capacity = _parameters.CapacityMilliampHours * Math.Max(0.1, 1 - (_parameters.FadePerCycle * cycles));
        return amperes * (1 - (amperes > 0 ? MeanLoss(amperes * seconds / 3.6) : 0)) / (capacity * 3.6);
    }

    /// <summary>Mean lost fraction over the next charge: the loss decays with the charge passed, and long steps must see that.</summary>
    private double MeanLoss(double milliampHours)
    {
        var scale = _parameters.LossDecay * _parameters.CapacityMilliampHours;
        var extra = (_parameters.FirstLossFraction - _parameters.FinalLossFraction) * Math.Exp(-_state.ChargedMilliampHours / scale);
        var passed = milliampHours / scale;
        return _parameters.FinalLossFraction + (extra * (passed < 1e-6 ? 1 : (1 - Math.Exp(-passed)) / passed));
    }

    private struct State
    {
        public double AgeSeconds;
        public double TransferVolts;
        public double ThroughputMilliampHours;
        public double ChargedMilliampHours;
    }
}
