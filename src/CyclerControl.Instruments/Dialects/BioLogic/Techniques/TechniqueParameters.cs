using System.Collections.Immutable;

namespace CyclerControl.Instruments.Dialects.BioLogic.Techniques;

/// <summary>Writes parameters of techniques.</summary>
internal static class TechniqueParameters
{
    /// <summary>Label of the index that a loop goes back to.</summary>
    public const string LoopTo = "protocol_number";

    private const int MostTests = 3;
    private const string LastStep = "Step_number";

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

        parameters.Add(EccParameter.Integer(LastStep, steps.Count - 1));
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
        [EccParameter.Integer("loop_N_times", times), EccParameter.Integer(LoopTo, to)];

    /// <summary>Steps inside a technique; 0: it has none.</summary>
    public static int StepsOf(ImmutableArray<EccParameter> parameters)
    {
        var last = parameters.FirstOrDefault(parameter => parameter.Label == LastStep);
        return last.Label is null ? 0 : (int)last.Value + 1;
    }

    /// <summary>The same technique with room for more steps, which are not reached, and for tests, which are not active.</summary>
    /// <param name="limited">With tests.</param>
    /// <param name="steps">Steps to have room for; 0: a technique without steps.</param>
    public static ImmutableArray<EccParameter> Padded(ImmutableArray<EccParameter> parameters, bool limited, int steps)
    {
        if (steps == 0)
        {
            return parameters;
        }

        var level = parameters[0].Label; // Current_step or Voltage_step, as written above.
        var padded = parameters.ToBuilder();
        for (var i = 0; i < steps; i++)
        {
            if (i >= StepsOf(parameters))
            {
                padded.Add(EccParameter.Single(level, 0, i));
                padded.Add(EccParameter.Boolean("vs_initial", false, i));
                padded.Add(EccParameter.Single("Duration_step", 0, i));
            }

            if (limited && !parameters.Any(parameter => parameter.Label == "Exit_Cond" && parameter.Index == i))
            {
                Tests(padded, new LimitedStep(0, 0, [], ExitCondition.NextStep), i);
            }
        }

        return padded.ToImmutable();
    }

    /// <summary>The same constant current, limited, with a first step at 0 A that always stops.</summary>
    public static ImmutableArray<EccParameter> Closed(ImmutableArray<EccParameter> parameters) =>
    [
        .. parameters.Select(parameter => parameter.Index != 0 ? parameter : parameter.Label switch
        {
            "Current_step" => parameter with { Value = 0 },
            "Duration_step" => parameter with { Value = GuardSeconds },
            "Test1_Config" => parameter with { Value = s_always.Word },
            "Test1_Value" => parameter with { Value = s_always.Value },
            "Test2_Config" or "Test3_Config" => parameter with { Value = 0 },
            "Exit_Cond" => parameter with { Value = (int)ExitCondition.Stop },
            _ => parameter,
        }),
    ];

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
