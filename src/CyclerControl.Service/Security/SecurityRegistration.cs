using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

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
        return services;
    }

    /// <summary>Comes before every endpoint.</summary>
    internal static void UseCyclerSecurity(this WebApplication web)
    {
        var gate = web.Services.GetRequiredService<AccessGate>();
        web.Use(gate.PassAsync);
    }
}
