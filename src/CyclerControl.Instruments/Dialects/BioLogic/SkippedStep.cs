using System.Collections.Immutable;
using CyclerControl.Instruments.Dialects.BioLogic.Records;
using CyclerControl.Instruments.Dialects.BioLogic.Techniques;

namespace CyclerControl.Instruments.Dialects.BioLogic;

/// <summary>A step that is being ended from outside: there is no such call, so its running techniques get a time that is over.</summary>
internal sealed class SkippedStep
{
    /// <summary>As public drivers do it.</summary>
    private const double ShortSeconds = 1;

    private readonly int _step;
    private readonly long _pass;
    private readonly ImmutableArray<(int Index, Technique Technique)> _techniques;
    private readonly RampFeed? _ramp;
    private readonly int _level;

    /// <param name="schedule">What runs.</param>
    /// <param name="decoder">Where it is.</param>
    /// <param name="present">The technique that runs now.</param>
    public SkippedStep(TechniqueSchedule schedule, RowDecoder decoder, int present)
    {
        _step = decoder.TechniqueAt(present).Step!.Value;
        _pass = decoder.Clock.Pass;
        _ramp = decoder.RampAt(present);
        _level = _ramp?.Level ?? 0;
        _techniques = [.. Enumerable.Range(present, schedule.Techniques.Length - present)
            .Select(index => (index, decoder.TechniqueAt(index)))
            .TakeWhile(technique => technique.Item2.Step == _step)];
    }

    /// <summary>The step comes again.</summary>
    public bool MustBePutBack => _techniques[0].Technique.Repeats;

    /// <summary>The present technique, and what of the step comes behind it.</summary>
    public IEnumerable<(int Index, ImmutableArray<EccParameter> Parameters)> Shortened() =>
        _techniques.Select(t => (t.Index, (ImmutableArray<EccParameter>)[.. t.Technique.Parameters.Select(parameter => Shorten(parameter, t.Technique))]));

    public IEnumerable<(int Index, ImmutableArray<EccParameter> Parameters)> Originals() => _techniques.Select(t => (t.Index, t.Technique.Parameters));

    /// <summary>Rows of another step, or of another pass, have come.</summary>
    public bool IsOver(in StepClock clock) => clock.Step != _step || clock.Pass != _pass;

    /// <summary>False where its level of a ramp is over: another one is written into its place.</summary>
    public bool MayComeAgain => _ramp is null || _ramp.Level == _level;

    private static EccParameter Shorten(EccParameter parameter, Technique technique) => parameter.Label switch
    {
        "Rest_time_T" or "Duration_step" => parameter with { Value = ShortSeconds },
        "Test1_Config" when technique.Guards.Contains(parameter.Index) => parameter with { Value = 0 },
        _ => parameter,
    };
}
