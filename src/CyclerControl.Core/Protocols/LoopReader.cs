using CyclerControl.Core.Documents;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Protocols;

/// <summary>Reads <c>repeat</c> and <c>ramp</c>.</summary>
internal static class LoopReader
{
    public static RepeatLoop? Repeat(MappingReader reader, bool inRamp)
    {
        var (name, settings) = (reader.Text("name"), SettingsReader.Settings(reader));
        Measure? measure = reader.Has("measure") ? SettingsReader.Measure(reader) : null;
        var steps = StepReader.Steps(reader, inRamp);
        var (passes, isUpTo, exhausted) = Passes(reader);
        reader.Finish("stop_when");
        return passes is null ? null : new RepeatLoop(reader.Node, name, settings, passes.Value, isUpTo, exhausted, measure, steps);
    }

    public static RampLoop? Ramp(MappingReader reader)
    {
        var (name, settings) = (reader.Text("name"), SettingsReader.Settings(reader));
        var steps = StepReader.Steps(reader, inRamp: true);
        reader.Finish();
        var node = reader.Find("ramp")!;
        var values = node switch
        {
            MappingNode range => RampValues.OfRange(new MappingReader(range, ProtocolKeys.RampRange, reader.Problems)),
            SequenceNode list => RampValues.OfList(list, reader.Problems),
            _ => null,
        };
        if (node is ScalarNode)
        {
            reader.Report("ramp", "is one value", "write ramp: { from: 0.1 mA/cm2, by: 0.1 mA/cm2, to: 5 mA/cm2 } or ramp: [0.05C, 0.1C]");
        }

        return values is null ? null : new RampLoop(reader.Node, name, settings, values.Value, node is SequenceNode, node, steps);
    }

    private static (long? Passes, bool IsUpTo, LoopExhausted Exhausted) Passes(MappingReader reader)
    {
        switch (reader.Find("repeat"))
        {
            case ScalarNode scalar:
                return (ValueReader.WholeNumber(scalar, new WholeNumberShape(1, 1_000_000), reader.Problems), false, LoopExhausted.Next);
            case MappingNode mapping:
                var inner = new MappingReader(mapping, ProtocolKeys.UpTo, reader.Problems);
                var passes = inner.WholeNumber("up_to");
                var exhausted = inner.Choice("else") switch { "pause" => LoopExhausted.Pause, "stop" => LoopExhausted.Stop, _ => LoopExhausted.Next };
                inner.Finish();
                return (passes, true, exhausted);
            default:
                reader.Report("repeat", "is a list", "write repeat: 10 or repeat: { up_to: 10, else: pause }");
                return default;
        }
    }
}
