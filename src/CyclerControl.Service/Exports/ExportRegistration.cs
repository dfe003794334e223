using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CyclerControl.Service.Exports;

/// <summary>Exports by themselves.</summary>
public static class ExportRegistration
{
    /// <param name="plan">Null: nothing is exported by itself.</param>
    public static IServiceCollection AddScheduledExport(this IServiceCollection services, ExportPlan? plan)
    {
        if (plan is not null)
        {
            services.AddSingleton(plan);
            services.AddSingleton<IHostedService, ExportService>();
        }

        return services;
    }
}
