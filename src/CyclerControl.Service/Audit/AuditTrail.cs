using System.Collections.Concurrent;
using System.Globalization;
using CyclerControl.Client.Security;
using CyclerControl.Core.Channels;
using CyclerControl.Service.Channels;
using CyclerControl.Service.Security;
using CyclerControl.Service.Stations;
using CyclerControl.Service.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CyclerControl.Service.Audit;

/// <summary>Writes a line for every request that changes something, the refused ones included.</summary>
internal sealed class AuditTrail(AuditLog log, StationHost station, ChannelViews views, TimeProvider time)
{
    /// <summary>How long is waited for the reason that may stand in the body of a Stop which has been carried out.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>Floods of refusals, and of stops, by user or address: a hundred lines, then one a second, the rest counted.</summary>
    private readonly TokenBuckets _lines = new(burst: 100, perSecond: 1, time);

    private readonly ConcurrentDictionary<string, long> _unlisted = new(StringComparer.Ordinal);

    /// <summary>Around the gate, so that what it refuses is seen too.</summary>
    public async Task RecordAsync(HttpContext http, RequestDelegate next)
    {
        if (!SourceCheck.Changes(http.Request.Method))
        {
            await next(http);
            return;
        }

        var isStop = AccessTable.Of(http) == Access.Stop;
        var channel = ChannelOf(http);
        var before = StateOf(channel);
        var body = new CapturedBody(http.Request.Body);
        http.Request.Body = body;
        await next(http);
        if (body.Seen.IsEmpty && http.Response.StatusCode < StatusCodes.Status400BadRequest)
        {
            await ReadReasonAsync(body, http);
        }

        if (Entry(http, channel, before, body, isStop) is not { } entry)
        {
            return;
        }

        if (isStop)
        {
            log.Post(entry);
        }
        else
        {
            await log.WriteAsync(entry);
        }
    }

    /// <summary>
    /// Behind the gate: what may change something is written down, durably, before it is done, and is not done when it cannot be. Stop waits for nothing.
    /// </summary>
    public async Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        if (SourceCheck.Changes(http.Request.Method) && AccessTable.Of(http) is Access.Operator or Access.Engineer or Access.Admin && !await log.WriteAsync(Intent(http)))
        {
            await Replies.Problem(
                StatusCodes.Status503ServiceUnavailable, $"{log.Problem ?? "the audit log takes no line now"}, so nothing is changed (Stop is always taken); free space or mend the folder's rights, then try again").ExecuteAsync(http);
            return;
        }

        await next(http);
    }

    private AuditEntry Intent(HttpContext http)
    {
        var (caller, channel) = (http.Caller(), ChannelOf(http));
        return new AuditEntry
        {
            Who = caller.Who?.Name,
            Role = caller.Who?.Role.Word(),
            From = caller.From,
            What = "asked: " + RouteOf(http),
            Target = channel?.ToString() ?? NameIn(http),
            Before = StateOf(channel),
        };
    }

    private static string RouteOf(HttpContext http) => $"{http.Request.Method} {(http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? http.Request.Path}";

    private static async Task ReadReasonAsync(CapturedBody body, HttpContext http)
    {
        if (http.Request.ContentLength is 0 || (http.Request.ContentLength is null && http.Request.Headers.TransferEncoding.Count == 0))
        {
            return;
        }

        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            await body.ReadOnAsync(patience.Token);
        }
        catch (Exception unreadable) when (unreadable is IOException or BadHttpRequestException or OperationCanceledException)
        {
        }
    }

    private AuditEntry? Entry(HttpContext http, ChannelId? channel, string? before, CapturedBody body, bool isStop)
    {
        var caller = http.Caller();
        var status = http.Response.StatusCode;
        long? unlisted = null;
        if (isStop || status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status421MisdirectedRequest or StatusCodes.Status429TooManyRequests)
        {
            var source = caller.Who?.Name ?? "from " + caller.From;
            if (!_lines.TryTake(source))
            {
                _unlisted.AddOrUpdate(source, 1, (_, count) => count + 1);
                return null;
            }

            unlisted = _unlisted.TryRemove(source, out var count) ? count : null;
        }

        var (why, details) = AuditedWords.Of(body.Seen);
        return new AuditEntry
        {
            Who = caller.Who?.Name,
            Role = caller.Who?.Role.Word(),
            From = caller.From,
            What = RouteOf(http),
            Target = channel?.ToString() ?? NameIn(http),
            Details = details,
            Before = before,
            After = StateOf(channel),
            Why = why,
            Status = status,
            Unlisted = unlisted,
        };
    }

    private static string? NameIn(HttpContext http) => (http.GetRouteValue("name") ?? http.GetRouteValue("run") ?? http.GetRouteValue("id"))?.ToString();

    private ChannelId? ChannelOf(HttpContext http) =>
        http.GetRouteValue("instrument") is string instrument
        && int.TryParse(http.GetRouteValue("number")?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && station.Station.InstrumentOf(new ChannelId(instrument, number)) is not null
            ? new ChannelId(instrument, number)
            : null;

    private string? StateOf(ChannelId? channel)
    {
        if (channel is not { } known)
        {
            return null;
        }

#pragma warning disable CA1031 // What is only written down must never keep a Stop from being carried out.
        try
        {
            var status = views.Of(known);
            return status.RunId is { } run ? $"{status.State}, output {status.Output}, run {run}" : $"{status.State}, output {status.Output}";
        }
        catch (Exception)
        {
            return null;
        }
#pragma warning restore CA1031
    }
}
