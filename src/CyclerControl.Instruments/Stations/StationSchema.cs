using CyclerControl.Core.Documents;

namespace CyclerControl.Instruments.Stations;

/// <summary>The JSON schema of station files, written from the key lists that the reader uses.</summary>
public static class StationSchema
{
    /// <summary>The whole text of <c>hardware-profiles/station.schema.json</c>.</summary>
    public static string Write() =>
        new JsonSchemaWriter().Write("CyclerControl station", StationKeys.Station, new Dictionary<string, ValueShape>(StringComparer.Ordinal));
}
