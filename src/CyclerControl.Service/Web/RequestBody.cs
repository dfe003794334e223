using System.Text.Json;
using CyclerControl.Client;
using CyclerControl.Service.Answers;
using Microsoft.AspNetCore.Http;

namespace CyclerControl.Service.Web;

/// <summary>Reads bodies: JSON only, with all that is wrong said by line and place.</summary>
internal static class RequestBody
{
    public static async Task<Answer<T>> ReadAsync<T>(HttpRequest request)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            return new Refusal(RefusalKind.Invalid, "body: is not JSON by its content type; send Content-Type: application/json");
        }

        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, ApiJson.Options, request.HttpContext.RequestAborted) is { } value
                ? value
                : new Refusal(RefusalKind.Invalid, "body: is null; send an object");
        }
        catch (JsonException wrong)
        {
            return new Refusal(RefusalKind.Invalid, $"body:{(wrong.LineNumber ?? 0) + 1}:{(wrong.BytePositionInLine ?? 0) + 1}: {wrong.Path ?? "$"}: {Words(wrong)}");
        }
    }

    /// <summary>A body that may be missing; null when there is none, or none that can be read.</summary>
    public static async Task<T?> TryReadAsync<T>(HttpRequest request)
        where T : class
    {
        try
        {
            return request.HasJsonContentType() && request.ContentLength is not 0 ? (await ReadAsync<T>(request)).Value : null;
        }
        catch (Exception unreadable) when (unreadable is BadHttpRequestException or IOException)
        {
            return null;
        }
    }

    private static string Words(JsonException wrong)
    {
        var end = wrong.Message.IndexOf(" Path:", StringComparison.Ordinal);
        var words = end > 0 ? wrong.Message[..end] : wrong.Message;
        return words.Replace("CyclerControl.Client.", "", StringComparison.Ordinal).TrimEnd('.') + "; see /openapi/v1.json for what is expected";
    }
}
