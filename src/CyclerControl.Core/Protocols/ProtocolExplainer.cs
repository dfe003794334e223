using System.Text;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Protocols;

/// <summary>Says in sentences what a protocol will do: what <c>cycler explain</c> prints. Works without a cell too.</summary>
public static class ProtocolExplainer
{
    /// <summary>The explanation, one line a step, with a line feed at its end.</summary>
    /// <param name="protocol">With the parameters in force (<see cref="ProtocolReader.WithParameters"/>).</param>
    /// <param name="givenAtStart">What <c>--cell</c> said; <see cref="CellGiven.Nothing"/> where nothing was.</param>
    public static string Explain(ProtocolDefinition protocol, CellGiven givenAtStart)
    {
        var given = givenAtStart.Over(protocol.Cell);
        var amounts = new AmountText(CellResolver.Resolve(given, []));
        var text = new StringBuilder();
        void Line(string line) => text.Append(line).Append('\n');

        Line($"{protocol.Name}, version {protocol.Version}{(protocol.About is { } about ? $": {about}" : "")}");
        Line(Meaning(protocol));
        Line(Cell(given));
        if (!protocol.Parameters.IsEmpty)
        {
            Line($"Parameters: {string.Join(", ", protocol.Parameters.Select(p => $"{p.Name} = {p.Value}{(p.Value == p.Default ? "" : $" (file: {p.Default})")}"))}.");
        }

        var sample = protocol.Settings.Sample;
        var every = CompoundDuration.Print(sample?.Every?.BaseValue ?? ProtocolDefaults.SampleEverySeconds);
        Line($"Looks every {every}{(sample is { IsRequired: true } ? ", on a channel that can" : "")}; records {(protocol.Settings.Record is { } record ? SettingsText.Record(record) : $"every {CompoundDuration.Print(ProtocolDefaults.RecordEverySeconds)} and at every step boundary")}.");
        Line(SettingsText.Limits(protocol.Settings.Limits, amounts) is { } limits ? $"Trips on {limits}." : "Sets no limits: only those of the channel hold.");
        Line($"A hard short: {Action(protocol.ShortCircuit.Hard)}. A soft short: {Action(protocol.ShortCircuit.Soft)}.{Confirm(protocol.ShortCircuit)}");
        Line($"After a crash of this computer: {Resume(protocol.OnRestart)}. After a lost link: {Resume(protocol.OnLinkLoss)}.");
        Line("");

        var sentences = new StepSentence(amounts);
        var numbers = new List<int>();
        foreach (var place in ProtocolWalk.All(protocol))
        {
            var depth = place.Loops.Length;
            numbers.RemoveRange(Math.Min(numbers.Count, depth + 1), Math.Max(0, numbers.Count - depth - 1));
            if (numbers.Count == depth)
            {
                numbers.Add(0);
            }

            numbers[depth]++;
            Line($"{new string(' ', depth * 3)}{string.Join('.', numbers)}{(depth == 0 ? "." : "")} {sentences.Of(place)}");
        }

        return text.ToString();
    }

    private static string Meaning(ProtocolDefinition protocol) => protocol.Measure switch
    {
        Measure.Ccd => "Measures the critical current density: a short is the result and ends the run.",
        Measure.CriticalCapacity => "Measures the critical capacity: a short is the result and ends the run.",
        Measure.Cycling => "Measures capacity and retention over cycles.",
        Measure.CoulombicEfficiency => "Measures the coulombic efficiency.",
        Measure.Rate => "Measures the capacity at each rate.",
        Measure.Gitt => "Measures by titration: resistance, quasi-equilibrium voltage, diffusion coefficient.",
        _ => "Measures nothing by itself.",
    };

    private static string Cell(CellGiven given)
    {
        var parts = new List<string>();
        foreach (var key in CellKeys.Names)
        {
            if (given[key] is not { } value)
            {
                continue;
            }

            parts.Add(key == "kind" ? value.Node.Text switch
            {
                "symmetric" => "symmetric (Li || Li)",
                "half" => "half (Li || collector)",
                _ => value.Node.Text,
            }
            : value.IsAsk ? $"{key} to be given at start (--cell {CellKeys.Example(key)})"
            : $"{key} {value.Quantity?.ToString() ?? value.Node.Text}");
        }

        return parts.Count == 0 ? "Cell: any." : $"Cell: {string.Join(", ", parts)}.";
    }

    private static string Action(ShortCircuitAction action) => action switch
    {
        ShortCircuitAction.Abort => "output off",
        ShortCircuitAction.Report => "reported, the run goes on",
        _ => "ignored",
    };

    private static string Confirm(ShortCircuitPolicy policy) =>
        policy.Confirm is not { } plan ? ""
        : $" A suspected short is confirmed by a rest of {(plan.RestSeconds is { } rest ? CompoundDuration.Print(rest) : "30 s (10 s on a full cell)")}"
            + $"{(plan.ReversedPulses ? " and a pair of small pulses against and along the current" : "")}: output off if it is one, else the step goes on.";

    private static string Resume(ResumePolicy policy) =>
        policy.ResumeWithinSeconds is { } seconds ? $"resume within {CompoundDuration.Print(seconds)}, later pause" : "stop";
}
