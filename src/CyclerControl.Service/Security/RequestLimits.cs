using CyclerControl.Service.Web;
using Microsoft.AspNetCore.Http;

namespace CyclerControl.Service.Security;

/// <summary>Generous bounds on what one user, and all together, may ask for. Stop is never in here.</summary>
internal sealed class RequestLimits(SecurityOptions options, TimeProvider time)
{
    /// <summary>Changes are written to the audit log: a tenth of the reading is plenty.</summary>
    private const double ChangesOfAll = 0.1;

    private readonly TokenBuckets _all = new(2.0 * options.RequestsPerSecond, options.RequestsPerSecond, time);
    private readonly TokenBuckets _changes = new(4 * ChangesOfAll * options.RequestsPerSecond, ChangesOfAll * options.RequestsPerSecond, time);
    private int _inWork;

    public async Task PassAsync(HttpContext http, Caller caller, RequestDelegate next)
    {
        var user = caller.Who?.Name ?? "from " + caller.From;
        if (!_all.TryTake(user) || (SourceCheck.Changes(http.Request.Method) && !_changes.TryTake(user)))
        {
            http.Response.Headers.RetryAfter = "1";
            await Replies.Problem(
                StatusCodes.Status429TooManyRequests,
                $"more than {options.RequestsPerSecond} requests a second, or {options.RequestsPerSecond * ChangesOfAll:0} changes; ask less often, use the stream (Stop is always taken)").ExecuteAsync(http);
            return;
        }

        if (AccessTable.IsStream(http))
        {
            await next(http);
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _inWork) > options.Concurrent)
            {
                http.Response.Headers.RetryAfter = "1";
                await Replies.Problem(StatusCodes.Status429TooManyRequests, $"{options.Concurrent} requests are in work already; try again (Stop is always taken)").ExecuteAsync(http);
                return;
            }

            await next(http);
        }
        finally
        {
            Interlocked.Decrement(ref _inWork);
        }
    }
}
