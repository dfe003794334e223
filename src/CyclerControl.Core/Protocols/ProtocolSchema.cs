using System.Collections.Immutable;
using CyclerControl.Core.Documents;

namespace CyclerControl.Core.Protocols;

/// <summary>The JSON schema of protocol files, written from the key lists that the reader uses.</summary>
public static class ProtocolSchema
{
    /// <summary>The whole text of <c>protocols/protocol.schema.json</c>.</summary>
    public static string Write()
    {
        ImmutableArray<KeyList> steps = [ProtocolKeys.Rest, .. ProtocolKeys.CurrentSteps, ProtocolKeys.Hold, ProtocolKeys.Sweep, ProtocolKeys.Repeat, ProtocolKeys.Ramp];
        var definitions = new Dictionary<string, ValueShape>(StringComparer.Ordinal)
        {
            ["step"] = new AnyOfShape([.. steps.Select(Shapes.Keys)]),
            ["record"] = Shapes.Keys(ProtocolKeys.Record),
            ["sample"] = Shapes.Keys(ProtocolKeys.Sample),
            ["limits"] = Shapes.Keys(ProtocolKeys.Limits),
            ["goal"] = Shapes.Keys(ProtocolKeys.Goal),
            ["current"] = ProtocolKeys.AnyCurrent,
            ["goalQuantity"] = ProtocolKeys.GoalQuantity,
            ["duration"] = Shapes.Duration,
            ["until"] = ProtocolKeys.Until,
        };
        return new JsonSchemaWriter(@"\$[a-z0-9]+(?:[-_.][a-z0-9]+)*").Write("CyclerControl protocol", ProtocolKeys.Protocol, definitions);
    }
}
