using CyclerControl.Recording.Files;
using CyclerControl.Service.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CyclerControl.Service.Security;

/// <summary>The lock on the door.</summary>
public static class SecurityRegistration
{
    /// <param name="tokens">Disposed of with the services.</param>
    public static IServiceCollection AddCyclerSecurity(this IServiceCollection services, SecurityOptions options, TokenStore tokens)
    {
        services.AddSingleton(options);
        services.AddSingleton(_ => tokens);
        services.AddSingleton<SessionBook>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<FailedLogins>();
        services.AddSingleton<SourceCheck>();
        services.AddSingleton<RequestLimits>();
        services.AddSingleton<AccessGate>();
        services.AddSingleton(p => new AuditLog(p.GetRequiredService<DataFolder>().Path, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<AuditLog>>()));
        services.AddSingleton<AuditTrail>();
        return services;
    }

    /// <summary>Comes before every endpoint.</summary>
    /// <param name="answerFailures">Between the audit trail, which sees every answer, and everything that may fail.</param>
    internal static void UseCyclerSecurity(this WebApplication web, Func<HttpContext, RequestDelegate, Task> answerFailures)
    {
        var trail = web.Services.GetRequiredService<AuditTrail>();
        web.Use(trail.RecordAsync);
        web.Use(answerFailures);
        web.Use(web.Services.GetRequiredService<AccessGate>().PassAsync);
        web.Use(trail.GuardAsync);
    }
}
