using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Overpotential;

/// <summary>All half-cycles at one level of current: one pass of a ramp, or one current outside ramps.</summary>
/// <param name="Amperes">Set current, A, without sign.</param>
/// <param name="RampPass">0-based pass of the ramp; null outside.</param>
/// <param name="Members">Its half-cycles; for a pass also those at a fixed current in the ramp's body.</param>
public sealed record Level(double Amperes, int? RampPass, IReadOnlyList<HalfCycleResult> Members)
{
    public int FirstHalfCycle => Members[0].Stretch.HalfCycle;

    public int LastHalfCycle => Members[^1].Stretch.HalfCycle;

    public long StartNanoseconds => Members[0].Stretch.StartNanoseconds;

    /// <summary>Every half-cycle that was begun ended as prescribed.</summary>
    public bool AllFinished => Members.All(m => m.Stretch.Finished);

    /// <summary>Mean of its finished half-cycles, V.</summary>
    public double? MeanVolts => Mean(m => m.MeanVolts);

    public double? PlateVolts => Mean(m => m.Stretch.SetAmperes < 0 ? m.MeanVolts : null);

    public double? StripVolts => Mean(m => m.Stretch.SetAmperes > 0 ? m.MeanVolts : null);

    public double? EndVolts => Mean(m => m.Stretch.Finished ? m.EndVolts : null);

    public double? ArcingIndex => Mean(m => m.ArcingIndex);

    /// <summary>Mean charge of a finished half-cycle, Ah.</summary>
    public double? HalfCycleAmpHours => Mean(m => m.Stretch.Finished ? m.Stretch.AmpHours : null);

    /// <summary>Mean duration of a finished half-cycle, s.</summary>
    public double? HalfCycleSeconds => Mean(m => m.Stretch.Finished ? m.Stretch.ActiveNanoseconds * 1e-9 : null);

    /// <summary>How most of the finished half-cycles ended; null when none did.</summary>
    public StepEnd? UsualEnd => AtLevel
        .Where(m => m.Stretch.Finished)
        .GroupBy(m => m.Stretch.End)
        .OrderByDescending(g => g.Count())
        .Select(g => (StepEnd?)g.Key)
        .FirstOrDefault();

    private IEnumerable<HalfCycleResult> AtLevel => Members.Where(m => RampPass is null || m.Stretch.RampPass == RampPass);

    private double? Mean(Func<HalfCycleResult, double?> value) => AtLevel.Select(value).Average();
}
