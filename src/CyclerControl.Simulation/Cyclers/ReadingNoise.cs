using CyclerControl.Simulation.Randomness;

namespace CyclerControl.Simulation.Cyclers;

/// <summary>Turns a true voltage and current into what the instrument says.</summary>
internal sealed class ReadingNoise
{
    private readonly NoiseParameters _parameters;
    private Draws _draws;
    private Draws _idle;
    private Draws _spikes;
    private double _spikeStartSeconds;
    private double _spikeEndSeconds;
    private double _spikeVolts;

    public ReadingNoise(NoiseParameters parameters, long seed)
    {
        _parameters = parameters;
        _draws = new Draws(seed, StreamPurpose.Noise);
        _idle = new Draws(seed, StreamPurpose.IdleNoise);
        _spikes = new Draws(seed, StreamPurpose.Spikes);
        NextSpike(0);
    }

    /// <param name="polarisationVolts">The part of it that the current causes: the rest of a full cell's voltage is as quiet as at rest.</param>
    /// <param name="nowSeconds">Since the channel was made, s.</param>
    /// <param name="idle">The reading belongs to no run.</param>
    public double Volts(double trueVolts, double polarisationVolts, double nowSeconds, bool idle)
    {
        var white = _parameters.WhiteVolts;
        var proportional = _parameters.ProportionalFraction * polarisationVolts;
        var volts = trueVolts + (Math.Sqrt((white * white) + (proportional * proportional)) * Next(idle));
        if (nowSeconds >= _spikeStartSeconds)
        {
            volts += Spike(trueVolts, nowSeconds);
        }

        return Quantise(volts, _parameters.VoltageQuantumVolts);
    }

    public double Amperes(double trueAmperes, double range, bool idle) => Quantise(
        trueAmperes + (_parameters.CurrentFractionOfRange * range * Next(idle)),
        _parameters.CurrentQuantumFractionOfRange * range);

    private double Next(bool idle) => idle ? _idle.NextGaussian() : _draws.NextGaussian();

    private static double Quantise(double value, double quantum) => quantum <= 0 ? value : Math.Round(value / quantum) * quantum;

    private double Spike(double trueVolts, double nowSeconds)
    {
        while (nowSeconds >= _spikeEndSeconds)
        {
            NextSpike(_spikeEndSeconds);
        }

        return nowSeconds < _spikeStartSeconds ? 0 : trueVolts < 0 ? -_spikeVolts : _spikeVolts;
    }

    private void NextSpike(double fromSeconds)
    {
        if (_parameters.SpikesPerHour <= 0)
        {
            _spikeStartSeconds = double.PositiveInfinity;
            return;
        }

        _spikeStartSeconds = fromSeconds + (_spikes.NextExponential() * 3600 / _parameters.SpikesPerHour);
        _spikeEndSeconds = _spikeStartSeconds + 0.001 + (0.059 * _spikes.NextUniform());
        _spikeVolts = 0.5 * _spikes.NextUniform();
    }
}
