using CyclerControl.Core.Documents;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Protocols;

/// <summary>Reads what a protocol and its steps have in common.</summary>
internal static class SettingsReader
{
    public static StepSettings Settings(MappingReader reader) => new(Record(reader), Sample(reader), Limits(reader));

    public static Amount? Amount(MappingReader reader, string key) =>
        reader.Quantity(key) is { } quantity ? new Amount(quantity, (ScalarNode)reader.Find(key)!) : null;

    public static Measure Measure(MappingReader reader)
    {
        if (reader.Find("measure") is ScalarNode scalar && ProtocolKeys.LaterMeasures.Contains(scalar.Text))
        {
            reader.Problems.Add(scalar, "is not supported yet", $"write {string.Join(" | ", ProtocolKeys.Measures)}, or leave measure out");
            return Runs.Measure.None;
        }

        return reader.Choice("measure") switch
        {
            "ccd" => Runs.Measure.Ccd,
            "critical_capacity" => Runs.Measure.CriticalCapacity,
            "cycling" => Runs.Measure.Cycling,
            "coulombic_efficiency" => Runs.Measure.CoulombicEfficiency,
            "rate" => Runs.Measure.Rate,
            "gitt" => Runs.Measure.Gitt,
            _ => Runs.Measure.None,
        };
    }

    public static ShortCircuitPolicy ShortCircuit(MappingReader reader, Measure measure)
    {
        var soft = measure is Runs.Measure.Ccd or Runs.Measure.CriticalCapacity ? ShortCircuitAction.Abort : ShortCircuitAction.Report;
        switch (reader.Find("short_circuit"))
        {
            case ScalarNode scalar:
                var word = Action(ValueReader.Choice(scalar, ProtocolKeys.ShortAction, reader.Problems)) ?? ShortCircuitAction.Abort;
                return new ShortCircuitPolicy(word, word, null);
            case MappingNode mapping:
                var inner = new MappingReader(mapping, ProtocolKeys.ShortCircuit, reader.Problems);
                var policy = new ShortCircuitPolicy(
                    Action(inner.Choice("hard")) ?? ShortCircuitAction.Abort, Action(inner.Choice("soft")) ?? soft, Confirm(inner))
                {
                    Detection = DetectionKeys.Read(inner.Mapping("settings")),
                };
                inner.Finish();
                return policy;
            case { } other:
                reader.Problems.Add(other, "is a list", "write abort | report | ignore, or { hard: abort, soft: report }");
                break;
        }

        return new ShortCircuitPolicy(ShortCircuitAction.Abort, soft, null);
    }

    public static ResumePolicy Resume(MappingReader reader, string key, double? defaultSeconds)
    {
        switch (reader.Find(key))
        {
            case null:
                return new ResumePolicy(defaultSeconds);
            case MappingNode mapping:
                var inner = new MappingReader(mapping, ProtocolKeys.Resume, reader.Problems);
                var seconds = inner.Seconds("resume_within");
                inner.Finish();
                return new ResumePolicy(seconds);
            case ScalarNode { Text: "stop" }:
                return new ResumePolicy(null);
            case var other:
                reader.Problems.Add(other, "is no resume policy", $"write {key}: stop or {key}: {{ resume_within: 15 min }}");
                return new ResumePolicy(null);
        }
    }

    private static ConfirmationPlan? Confirm(MappingReader outer)
    {
        if (outer.Mapping("confirm") is not { } reader)
        {
            return null;
        }

        var rest = reader.Seconds("rest");
        if (rest is < 1 or > 600)
        {
            reader.Problems.Add(reader.Find("rest")!, "is no length for a confirmation", "write 1 s to 10 min");
        }

        var pulses = reader.Boolean("reversed_pulses") ?? false;
        reader.Finish();
        return new ConfirmationPlan(rest, pulses);
    }

    private static ShortCircuitAction? Action(string? word) => word switch
    {
        "abort" => ShortCircuitAction.Abort,
        "report" => ShortCircuitAction.Report,
        "ignore" => ShortCircuitAction.Ignore,
        _ => null,
    };

    private static RecordSettings? Record(MappingReader outer)
    {
        if (outer.Mapping("record") is not { } reader)
        {
            return null;
        }

        var onChange = reader.Mapping("on_change");
        var afterChange = reader.Mapping("after_change");
        var record = new RecordSettings(
            Amount(reader, "every"),
            onChange is null ? null : Amount(onChange, "voltage"),
            onChange is null ? null : Amount(onChange, "current"),
            afterChange is null ? null : Amount(afterChange, "every"),
            afterChange is null ? null : Amount(afterChange, "for"));
        onChange?.Finish();
        afterChange?.Finish();
        reader.Finish();
        return record;
    }

    private static SampleSettings? Sample(MappingReader outer)
    {
        if (outer.Mapping("sample") is not { } reader)
        {
            return null;
        }

        var sample = new SampleSettings(Amount(reader, "every"), reader.Boolean("required") ?? false);
        reader.Finish();
        return sample;
    }

    private static LimitSettings? Limits(MappingReader outer)
    {
        if (outer.Mapping("limits") is not { } reader)
        {
            return null;
        }

        var voltage = reader.Mapping("voltage");
        var current = reader.Mapping("current");
        var limits = new LimitSettings(
            voltage is null ? null : Amount(voltage, "min"),
            voltage is null ? null : Amount(voltage, "max"),
            voltage is null ? null : Amount(voltage, "longer_than"),
            current is null ? null : Amount(current, "max"),
            current is null ? null : Amount(current, "deviation"),
            current is null ? null : Amount(current, "longer_than"));
        voltage?.Finish();
        current?.Finish();
        reader.Finish();
        return limits;
    }
}
