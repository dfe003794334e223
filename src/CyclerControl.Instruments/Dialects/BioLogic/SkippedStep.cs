using System.Collections.Immutable;
using CyclerControl.Instruments.Dialects.BioLogic.Records;
using CyclerControl.Instruments.Dialects.BioLogic.Techniques;

namespace CyclerControl.Instruments.Dialects.BioLogic;

/// <summary>A step that is being ended from outside: there is no such call, so its running techniques get a time that is over.</summary>
/// <param name="schedule">What runs.</param>
/// <param name="step">Place of the step.</param>
/// <param name="pass">In which it runs now.</param>
/// <param name="present">The technique that runs now.</param>
internal sealed class SkippedStep(TechniqueSchedule schedule, int step, long pass, int present)
{
    /// <summary>As public drivers do it.</summary>
    private const double ShortSeconds = 1;

    /// <summary>The step comes again.</summary>
    public bool MustBePutBack => schedule.Techniques[present].Repeats;

    /// <summary>The present technique, and what of the step comes behind it.</summary>
    public IEnumerable<(int Index, ImmutableArray<EccParameter> Parameters)> Shortened()
    {
        for (var i = present; i < schedule.Techniques.Length && schedule.Techniques[i].Step == step; i++)
        {
            var technique = schedule.Techniques[i];
            yield return (i, [.. technique.Parameters.Select(parameter => Shorten(parameter, technique))]);
        }
    }

    public IEnumerable<(int Index, ImmutableArray<EccParameter> Parameters)> Originals()
    {
        for (var i = present; i < schedule.Techniques.Length && schedule.Techniques[i].Step == step; i++)
        {
            yield return (i, schedule.Techniques[i].Parameters);
        }
    }

    /// <summary>Rows of another step, or of another pass, have come.</summary>
    public bool IsOver(in StepClock clock) => clock.Step != step || clock.Pass != pass;

    private static EccParameter Shorten(EccParameter parameter, Technique technique) => parameter.Label switch
    {
        "Rest_time_T" or "Duration_step" => parameter with { Value = ShortSeconds },
        "Test1_Config" when technique.Guards.Contains(parameter.Index) => parameter with { Value = 0 },
        _ => parameter,
    };
}
