using System.Collections.Immutable;
using System.Globalization;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Simulation.Land;

/// <summary>
/// A recipe as somebody enters it at the vendor's software, on one line: <c>rest 10 min; dchg 0.5 mA 1 h; chg 0.5 mA 1 h to 1.0 V; loop 2 500</c>.
/// </summary>
public sealed class LandRecipe
{
    /// <summary>A simulated channel is one of 5 V and 10 mA.</summary>
    public const double MostAmperes = 10e-3;

    private const int MostSteps = 32;
    private const double MostVolts = 5;

    private LandRecipe(ImmutableArray<LandStep> steps) => Steps = steps;

    internal ImmutableArray<LandStep> Steps { get; }

    /// <param name="problem">Everything that is wrong with it; empty: nothing.</param>
    /// <returns>Null where something is wrong.</returns>
    public static LandRecipe? Parse(string text, out string problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var steps = ImmutableArray.CreateBuilder<LandStep>();
        List<string> faults = parts.Length is > 0 and <= MostSteps ? [] : [string.Create(CultureInfo.InvariantCulture, $"{parts.Length} steps; 1 to {MostSteps} are allowed")];
        for (var i = 0; i < parts.Length && i < MostSteps; i++)
        {
            if (Step(parts[i], i + 1, out var fault) is { } step)
            {
                steps.Add(step);
            }
            else
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"step {i + 1}, '{parts[i]}', {fault}"));
            }
        }

        problem = string.Join("; ", faults);
        return faults.Count == 0 ? new LandRecipe(steps.ToImmutable()) : null;
    }

    private static LandStep? Step(string text, int number, out string fault)
    {
        var words = text.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var rest = words.Length > 1 ? words[1] : "";
        switch (words[0])
        {
            case "rest":
                return Take(rest, Dimension.Time, out var pause, out fault) ? new LandStep(LandStepKind.Rest, 0, pause, null) : null;
            case "chg":
                return Current(LandStepKind.Charge, rest, out fault);
            case "dchg":
                return Current(LandStepKind.Discharge, rest, out fault);
            case "loop":
                fault = $"goes back to a step from 1 to {number - 1} for 1 to 1000000 passes in all; write loop 1 500";
                return rest.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var to, var passes]
                    && int.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var goesTo) && goesTo >= 1 && goesTo < number
                    && long.TryParse(passes, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 1_000_000
                    ? new LandStep(LandStepKind.Loop, 0, null, null, goesTo, count)
                    : null;
            default:
                fault = "is unknown; there are rest, chg, dchg and loop";
                return null;
        }
    }

    /// <summary><c>0.5 mA 1 h to 1.0 V</c>: time, voltage or both.</summary>
    private static LandStep? Current(LandStepKind kind, string text, out string fault)
    {
        var halves = text.Split(" to ", 2, StringSplitOptions.TrimEntries);
        var words = halves[0].Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        double? seconds = null;
        double? volts = null;
        if (words.Length < 2 || (words.Length < 3 && halves.Length < 2))
        {
            fault = "needs a current and an end; write chg 0.5 mA 1 h, chg 0.5 mA to 4.2 V or chg 0.5 mA 1 h to 4.2 V";
            return null;
        }

        if (!Take($"{words[0]} {words[1]}", Dimension.Current, out var amperes, out fault))
        {
            return null;
        }

        if (amperes is <= 0 or > MostAmperes)
        {
            fault = "has a current that is not above 0 and up to 10 mA";
            return null;
        }

        if (words.Length > 2)
        {
            if (!Take(words[2], Dimension.Time, out var time, out fault))
            {
                return null;
            }

            seconds = time;
        }

        if (halves.Length > 1)
        {
            if (!Take(halves[1], Dimension.Voltage, out var end, out fault))
            {
                return null;
            }

            volts = end;
        }

        fault = seconds <= 0 ? "has a time that is not above 0" : Math.Abs(volts ?? 0) > MostVolts ? "has a voltage beyond 5 V" : "";
        return fault.Length == 0 ? new LandStep(kind, amperes, seconds, volts) : null;
    }

    private static bool Take(string text, Dimension dimension, out double value, out string fault)
    {
        var reading = QuantityParser.Parse(text, dimension);
        value = reading.Quantity?.BaseValue ?? 0;
        fault = reading.Quantity is null ? $"has '{text}', which {reading.Message}; {reading.Cure}" : dimension == Dimension.Time && value <= 0 ? "has a time that is not above 0" : "";
        return fault.Length == 0;
    }
}
