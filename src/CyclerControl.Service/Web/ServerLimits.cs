using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CyclerControl.Service.Web;

/// <summary>What one connection may cost.</summary>
public static class ServerLimits
{
    /// <summary>Longest request body, bytes: a protocol of 1 MiB, quoted.</summary>
    public const long LongestBody = 2 << 20;

    public static void Apply(KestrelServerOptions kestrel)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LongestBody;
        kestrel.Limits.MaxRequestLineSize = 8 << 10;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        // Far above what the limits on requests let through: a Stop has to find a connection.
        kestrel.Limits.MaxConcurrentConnections = 4000;
    }
}
