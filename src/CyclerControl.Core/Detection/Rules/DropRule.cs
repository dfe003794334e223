using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CyclerControl.Core.Detection.Models;

namespace CyclerControl.Core.Detection.Rules;

/// <summary>Rule 3, fast: four one-sided winsorised CUSUMs on the residual of the half-cycle's own model.</summary>
internal sealed class DropRule
{
    /// <summary>Sums stand at most at this multiple of their threshold, so that a recovery is seen.</summary>
    private const double Ceiling = 2;
    private const int Cautious = CusumBankSettings.Count - 1;

    private readonly DropSettings _settings;
    private CusumBank _bank;
    private Vector256<double> _onsets;
    private Vector256<double> _references;
    private BreachTimer _half;
    private double _sumVolts;
    private int _count;
    private double _levelVolts;
    private bool _mature;
    private double _alarmSeconds;
    private int _alarmSamples;
    private bool _accepts;
    private double _offsetVolts;
    private double _recoveryVolts;

    public DropRule(DropSettings settings, CusumBankSettings bank)
    {
        _settings = settings;
        _bank = new CusumBank(bank, Ceiling);
    }

    /// <summary>Which CUSUM tells, 0 to 3: that of the alarm, else the cautious one.</summary>
    public int Index { get; private set; } = Cautious;

    /// <summary>CUSUM, sigma.</summary>
    public double Statistic => _bank.Sum(Index);

    /// <summary>What it had to pass, sigma.</summary>
    public double Threshold => _bank.Threshold(Index);

    public double OnsetSeconds => _onsets.GetElement(Index);

    /// <summary>What the model expected when it began, V.</summary>
    public double ReferenceVolts => _references.GetElement(Index);

    /// <summary>Fraction lost: mean since the onset where residuals are large, the smoothed level otherwise.</summary>
    public double Fraction => 1 - MeanVolts / ReferenceVolts;

    public bool Alarmed { get; private set; }

    private double MeanVolts => _count > 0 ? _sumVolts / _count : _levelVolts;

    /// <summary>Something speaks for a drop: every sample must be looked at closely.</summary>
    public bool Busy => Alarmed || _bank.Suspects;

    /// <summary>How much the model may learn from the last sample, 0 to 1.</summary>
    public double LearningWeight => Alarmed ? 0 : _bank.Suspects ? _settings.SuspectedWeight : 1;

    public void Reset()
    {
        _bank.Reset();
        _half = default;
        _count = 0;
        _mature = false;
        Alarmed = false;
        _accepts = false;
        Index = Cautious;
    }

    /// <summary>True once, when the new level has lasted: the model is to start again from it.</summary>
    public bool TakeAcceptance()
    {
        var accepts = _accepts;
        _accepts = false;
        return accepts;
    }

    /// <summary>A sample of which nothing but the residual needs to be known.</summary>
    /// <returns>True when the last residuals were large.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Step(double timeSeconds, double volts, double expectedVolts, double inverseSigma)
    {
        var zero = _bank.ZeroMask;
        _onsets = Vector256.ConditionalSelect(zero, Vector256.Create(timeSeconds), _onsets);
        _references = Vector256.ConditionalSelect(zero, Vector256.Create(expectedVolts), _references);
        _bank.Step((expectedVolts - volts) * inverseSigma);
        return _bank.Suspects;
    }

    /// <param name="expectedVolts">The model's expectation, V, positive.</param>
    /// <param name="sigmaVolts">Its standard deviation, V.</param>
    /// <param name="levelVolts">Smoothed |V|, V.</param>
    /// <param name="memories">Age of the model in its memories.</param>
    /// <param name="offsetVolts">What is left of the channel's offset, V.</param>
    /// <param name="recoveryVolts">No fall that ends above this is a short, V: contact comes back.</param>
    /// <param name="armed">False: only a change of many sigma counts, small ones may be the offset's or the mains'.</param>
    /// <returns>Null: nothing; else whether |V| has been below the fraction that may end a run for long enough.</returns>
    public bool? Observe(in DirectedSample sample, double expectedVolts, double sigmaVolts, double levelVolts, double memories, double offsetVolts, double recoveryVolts, bool armed)
    {
        if (!Alarmed && !_bank.Suspects)
        {
            _sumVolts = 0;
            _count = 0;
            _half = default;
            Index = Cautious;
        }

        _levelVolts = levelVolts;
        _offsetVolts = offsetVolts;
        _recoveryVolts = recoveryVolts;
        if (!_mature || !armed)
        {
            _bank.ResetAllBut(Cautious);
            _mature = armed && memories >= _settings.SlowAgeMemories;
        }

        Step(sample.TimeSeconds, sample.Volts, Alarmed ? ReferenceVolts : expectedVolts, 1 / sigmaVolts);
        if (_bank.Suspects)
        {
            _sumVolts += sample.Volts;
            _count++;
        }

        var reference = _references.GetElement(Alarmed ? Index : Cautious);
        var halved = _half.Observe(
            sample.Volts < _settings.AbortFraction * reference, sample.TimeSeconds, _settings.AbortSamples, _settings.AbortSeconds);
        return Verdict(sample.TimeSeconds, halved);
    }

    private bool? Verdict(double timeSeconds, bool halved)
    {
        if (!Alarmed)
        {
            if (!_bank.Alarmed)
            {
                return null;
            }

            Index = _bank.Suspects ? Cautious : _bank.Furthest;
            if (Statistic <= Threshold && _bank.Suspects)
            {
                Index = _bank.Furthest;
            }

            var reference = Math.Min(ReferenceVolts, _recoveryVolts);
            if (reference - MeanVolts < Math.Max(_settings.SmallestFraction * (reference + _offsetVolts), _settings.SmallestVolts))
            {
                return null;
            }

            Alarmed = true;
            _alarmSeconds = timeSeconds;
            _alarmSamples = 0;
        }
        else if (Statistic <= 0)
        {
            Reset();
            _mature = true;
            return null;
        }

        _alarmSamples++;
        if (_alarmSamples > _settings.FrozenSamples && timeSeconds - _alarmSeconds >= _settings.FrozenSeconds)
        {
            Reset();
            _accepts = true;
            return null;
        }

        return halved;
    }
}
