using System.Collections.Immutable;
using CyclerControl.Core.Documents;

namespace CyclerControl.Core.Protocols;

/// <summary>Reads the list <c>steps</c>; a step that cannot be understood is told and left out.</summary>
internal static class StepReader
{
    public static ImmutableArray<ProtocolStep> Steps(MappingReader outer, bool inRamp)
    {
        var steps = ImmutableArray.CreateBuilder<ProtocolStep>();
        foreach (var item in outer.Sequence("steps")?.Items ?? [])
        {
            if (item is not MappingNode mapping)
            {
                outer.Problems.Add(item, "is no step", "write rest: 10 min, or plate: 1 mA/cm2 with for: 1 h below it");
            }
            else if (Step(mapping, inRamp, outer.Problems) is { } step)
            {
                steps.Add(step);
            }
        }

        return steps.ToImmutable();
    }

    private static ProtocolStep? Step(MappingNode mapping, bool inRamp, ProblemList problems)
    {
        var verbs = mapping.Entries.Where(e => ProtocolKeys.Verbs.Contains(e.Key)).ToList();
        if (verbs.Count == 0)
        {
            return NoVerb(mapping, problems);
        }

        if (verbs.Count > 1)
        {
            problems.Add(
                verbs[1].Line, verbs[1].Column, verbs[1].Value.Path, verbs[1].Key,
                $"is a second verb beside {verbs[0].Key}", "begin each step with its own dash");
            return null;
        }

        switch (verbs[0].Key)
        {
            case "rest":
                var rest = new MappingReader(mapping, ProtocolKeys.Rest, problems);
                var duration = SettingsReader.Amount(rest, "rest");
                var (name, settings) = (rest.Text("name"), SettingsReader.Settings(rest));
                rest.Finish();
                return duration is null ? null : new RestStep(mapping, name, settings, duration);
            case "hold":
                return Hold(new MappingReader(mapping, ProtocolKeys.Hold, problems));
            case "sweep":
                return SweepReader.Read(new MappingReader(mapping, ProtocolKeys.Sweep, problems));
            case "repeat":
                return LoopReader.Repeat(new MappingReader(mapping, ProtocolKeys.Repeat, problems), inRamp);
            case "ramp":
                return LoopReader.Ramp(new MappingReader(mapping, ProtocolKeys.Ramp, problems));
            case var verb:
                return Current(verb, new MappingReader(mapping, ProtocolKeys.CurrentSteps.First(k => k.Keys[0].Name == verb), problems), inRamp);
        }
    }

    private static ProtocolStep? NoVerb(MappingNode mapping, ProblemList problems)
    {
        if (mapping.Entries.FirstOrDefault(e => ProtocolKeys.LaterVerbs.Contains(e.Key)) is { } later)
        {
            problems.Add(later.Line, later.Column, later.Value.Path, later.Key, "is a step that is not supported yet", $"use {string.Join(", ", ProtocolKeys.Verbs)}");
            return null;
        }

        var words = $"begin it with {string.Join(", ", ProtocolKeys.Verbs)}";
        foreach (var entry in mapping.Entries)
        {
            if (NearName.Find(entry.Key, ProtocolKeys.Verbs) is { } near)
            {
                problems.Add(entry.Line, entry.Column, entry.Value.Path, entry.Key, "is no kind of step", $"did you mean {near}? {words}");
                return null;
            }
        }

        var (line, column) = mapping.Entries.IsEmpty ? (mapping.Line, mapping.Column) : (mapping.Entries[0].Line, mapping.Entries[0].Column);
        problems.Add(line, column, mapping.Path, mapping.Entries.IsEmpty ? null : mapping.Entries[0].Key, "is no kind of step", words);
        return null;
    }

    private static CurrentStep? Current(string verb, MappingReader reader, bool inRamp)
    {
        var (name, settings) = (reader.Text("name"), SettingsReader.Settings(reader));
        var ends = EndsReader.Read(reader, verb);
        var hold = EndsReader.HoldUntil(reader);
        reader.Finish();
        if (reader.Find(verb) is not ScalarNode scalar)
        {
            reader.Report(verb, "must be one current", $"write {verb}: 1 mA/cm2");
            return null;
        }

        if (scalar.Text == "ramp")
        {
            if (!inRamp)
            {
                reader.Problems.Add(scalar, "stands outside a ramp", "put the step inside a ramp, or write a current");
            }

            return new CurrentStep(reader.Node, name, settings, verb, null, scalar, ends, hold);
        }

        return CurrentReader.Read(scalar, verb, reader.Problems) is { } current
            ? new CurrentStep(reader.Node, name, settings, verb, new Amount(current, scalar), scalar, ends, hold)
            : null;
    }

    private static HoldStep? Hold(MappingReader reader)
    {
        var (name, settings) = (reader.Text("name"), SettingsReader.Settings(reader));
        var ends = EndsReader.Read(reader, "hold");
        var (voltage, atMost) = (SettingsReader.Amount(reader, "hold"), SettingsReader.Amount(reader, "at_most"));
        reader.Finish();
        return voltage is null ? null : new HoldStep(reader.Node, name, settings, voltage, atMost, ends);
    }
}
