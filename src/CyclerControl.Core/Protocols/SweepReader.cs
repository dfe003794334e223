using CyclerControl.Core.Documents;

namespace CyclerControl.Core.Protocols;

/// <summary>Reads a <c>sweep</c>.</summary>
internal static class SweepReader
{
    private const string Cure = $"write from: 2.5 V, or from: {ProtocolKeys.OpenCircuit}";

    public static SweepStep? Read(MappingReader reader)
    {
        var (name, settings) = (reader.Text("name"), SettingsReader.Settings(reader));
        var atMost = SettingsReader.Amount(reader, "at_most");
        var path = reader.Mapping("sweep");
        var step = path is null ? null : Read(path, reader.Node, name, settings, atMost);
        path?.Finish();
        reader.Finish();
        return step;
    }

    private static SweepStep? Read(MappingReader path, MappingNode source, string? name, StepSettings settings, Amount? atMost)
    {
        var (to, rate) = (SettingsReader.Amount(path, "to"), SettingsReader.Amount(path, "rate"));
        return From(path, out var from) is { } fromNode && to is not null && rate is not null && atMost is not null
            ? new SweepStep(source, name, settings, from, fromNode, to, rate, atMost)
            : null;
    }

    /// <param name="from">Null: open circuit.</param>
    /// <returns>Where it stands; null, and a problem, where it cannot be understood.</returns>
    private static ScalarNode? From(MappingReader path, out Amount? from)
    {
        from = null;
        switch (path.Find("from"))
        {
            case null:
                return null;
            case ScalarNode { Text: ProtocolKeys.OpenCircuit } open:
                return open;
            case ScalarNode { Text: [var first, ..] } when char.IsLetter(first):
                path.Report("from", "is no voltage", Cure);
                return null;
            case ScalarNode scalar:
                from = ValueReader.Quantity(scalar, (QuantityShape)ProtocolKeys.Voltage, path.Problems) is { } volts ? new Amount(volts, scalar) : null;
                return from?.Node;
            default:
                path.Report("from", "must be one voltage", Cure);
                return null;
        }
    }
}
