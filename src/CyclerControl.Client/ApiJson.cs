using System.Text.Json;
using System.Text.Json.Serialization;

namespace CyclerControl.Client;

/// <summary>The one way in which the service writes and reads JSON: snake_case, units in the names, null where nothing is known.</summary>
public static class ApiJson
{
    /// <summary>Deepest nesting that is read.</summary>
    public const int MaxDepth = 16;

    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions());

    /// <summary>Gives the options of somebody else (the web server's) the same rules.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        options.MaxDepth = MaxDepth;
        return options;
    }

    /// <summary>For answers: what a newer service adds is no error for an older client.</summary>
    internal static JsonSerializerOptions Answers { get; } = new(Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };
}
