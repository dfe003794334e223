using System.Collections.Immutable;

namespace CyclerControl.Instruments.Dialects.BioLogic.Techniques;

/// <summary>Writes parameters of techniques.</summary>
internal static class TechniqueParameters
{
    private const int MostTests = 3;

    /// <summary>A step that stops whatever happens: reached only by what has used up its time.</summary>
    public static LimitedStep Guard(double level) => new(level, GuardSeconds, [s_always], ExitCondition.Stop);

    private const double GuardSeconds = 1;
    private static readonly LimitTest s_always = new(LimitVariable.Voltage, IsAbove: true, -1000, LimitMeaning.Limit);

    public static ImmutableArray<EccParameter> Rest(double seconds, RecordEvery record, OutputRanges ranges) =>
    [
        EccParameter.Single("Rest_time_T", seconds),
        EccParameter.Single("Record_every_dE", record.Change),
        EccParameter.Single("Record_every_dT", record.Seconds),
        EccParameter.Integer("E_Range", ranges.Voltage),
        EccParameter.Integer("Bandwidth", ranges.Bandwidth),
    ];

    /// <param name="isCurrent">Levels are currents; else voltages.</param>
    public static ImmutableArray<EccParameter> Levels(bool isCurrent, IReadOnlyList<LimitedStep> steps, bool limited, RecordEvery record, OutputRanges ranges)
    {
        var parameters = ImmutableArray.CreateBuilder<EccParameter>();
        for (var i = 0; i < steps.Count; i++)
        {
            parameters.Add(EccParameter.Single(isCurrent ? "Current_step" : "Voltage_step", steps[i].Level, i));
            parameters.Add(EccParameter.Boolean("vs_initial", false, i));
            parameters.Add(EccParameter.Single("Duration_step", steps[i].Seconds, i));
            if (limited)
            {
                Tests(parameters, steps[i], i);
            }
        }

        parameters.Add(EccParameter.Integer("Step_number", steps.Count - 1));
        parameters.Add(EccParameter.Single("Record_every_dT", record.Seconds));
        parameters.Add(EccParameter.Single(isCurrent ? "Record_every_dE" : "Record_every_dI", record.Change));
        parameters.Add(EccParameter.Integer("N_Cycles", 0));
        parameters.Add(EccParameter.Integer("I_Range", ranges.Current));
        parameters.Add(EccParameter.Integer("E_Range", ranges.Voltage));
        parameters.Add(EccParameter.Integer("Bandwidth", ranges.Bandwidth));
        return parameters.ToImmutable();
    }

    /// <param name="times">How often it goes back: one less than the passes.</param>
    /// <param name="to">Index of the technique that it goes back to.</param>
    public static ImmutableArray<EccParameter> Loop(int times, int to) =>
        [EccParameter.Integer("loop_N_times", times), EccParameter.Integer("protocol_number", to)];

    private static void Tests(ImmutableArray<EccParameter>.Builder parameters, LimitedStep step, int index)
    {
        for (var t = 0; t < MostTests; t++)
        {
            var test = t < step.Tests.Length ? step.Tests[t] : null;
            parameters.Add(EccParameter.Integer($"Test{t + 1}_Config", test?.Word ?? 0, index));
            parameters.Add(EccParameter.Single($"Test{t + 1}_Value", test?.Value ?? 0, index));
        }

        parameters.Add(EccParameter.Integer("Exit_Cond", (int)step.Exit, index));
    }
}

/// <summary>When a technique records a row.</summary>
/// <param name="Seconds">At least so often, s.</param>
/// <param name="Change">And when the free quantity has changed by so much, V or A; 0: not.</param>
internal readonly record struct RecordEvery(double Seconds, double Change);

/// <summary>Codes of the fixed ranges of a technique, and the bandwidth.</summary>
internal readonly record struct OutputRanges(int Current, int Voltage, int Bandwidth);
