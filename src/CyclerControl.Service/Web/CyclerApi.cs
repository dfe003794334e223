using CyclerControl.Service.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CyclerControl.Service.Web;

/// <summary>The routes of the service.</summary>
public static class CyclerApi
{
    /// <summary>Root of everything that is versioned.</summary>
    public const string Root = "/api/v1";

    /// <summary>Puts the API into a web application that has <c>AddCyclerService</c> and <c>AddCyclerSecurity</c>.</summary>
    public static WebApplication MapCyclerApi(this WebApplication web)
    {
        web.Use(SecurityHeaders.PassAsync);
        web.UseCyclerSecurity(AnswerFailures);
        StationEndpoints.MapHealth(web);
        var api = web.MapGroup(Root);
        StationEndpoints.Map(api);
        ChannelEndpoints.Map(api);
        QueueEndpoints.Map(api);
        RunEndpoints.Map(api);
        SampleEndpoints.Map(api);
        StreamEndpoints.Map(api);
        ProtocolEndpoints.Map(api);
        web.MapOpenApi("/openapi/v1.json");
        SecurityEndpoints.Map(api);
        AuditEndpoints.Map(api);
        web.MapFallback((HttpContext http) => Replies.Problem(
            StatusCodes.Status404NotFound, $"{http.Request.Method} {http.Request.Path}: there is no such address; /openapi/v1.json lists them"));
        return web;
    }

    /// <summary>No stack trace ever leaves; what the server refuses by itself gets a body too.</summary>
    private static async Task AnswerFailures(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (BadHttpRequestException refused) when (!http.Response.HasStarted)
        {
            await Replies.Problem(refused.StatusCode, refused.Message).ExecuteAsync(http);
            return;
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
#pragma warning disable CA1031 // Whatever one request brings about, the others and the channels go on.
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(CyclerApi))
                .LogError(failure, "{Method} {Path} has failed", http.Request.Method, http.Request.Path);
            await Replies.Problem(StatusCodes.Status500InternalServerError, "something of ours failed; the service's log says what").ExecuteAsync(http);
            return;
        }
#pragma warning restore CA1031

        if (http.Response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed or StatusCodes.Status400BadRequest, ContentLength: null })
        {
            await Replies.Problem(http.Response.StatusCode, $"{http.Request.Method} {http.Request.Path}: is not served like this; /openapi/v1.json says how").ExecuteAsync(http);
        }
    }
}
