using CyclerControl.Core.Documents;

namespace CyclerControl.Instruments.Profiles;

/// <summary>The JSON schema of hardware profiles, written from the key lists that the reader uses.</summary>
public static class ProfileSchema
{
    /// <summary>The whole text of <c>hardware-profiles/profile.schema.json</c>.</summary>
    public static string Write() => new JsonSchemaWriter().Write(
        "CyclerControl hardware profile",
        ProfileKeys.Profile,
        new Dictionary<string, ValueShape>(StringComparer.Ordinal)
        {
            ["exchanges"] = ProfileKeys.ExchangesShape,
            ["duration"] = Shapes.Duration,
        });
}
