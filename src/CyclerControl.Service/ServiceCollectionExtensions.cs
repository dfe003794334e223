using CyclerControl.Acquisition.Links;
using CyclerControl.Recording.Catalogue;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Writing;
using CyclerControl.Service.Runs;
using CyclerControl.Service.Stations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CyclerControl.Service;

/// <summary>Puts CyclerControl into a host.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Links, runs and recording of one station over one data folder. The composition root brings both, and a TimeProvider.</summary>
    public static IServiceCollection AddCyclerControl(this IServiceCollection services, StationLinks station, DataFolder data)
    {
        services.AddSingleton(station);
        services.AddSingleton(data);
        services.AddSingleton(_ => new RecorderHost());
        services.AddSingleton<RunCatalogue>();
        services.AddSingleton<ILinkObserver, LoggingLinkObserver>();
        services.AddSingleton<StationHost>();
        services.AddSingleton<IHostedService>(p => p.GetRequiredService<StationHost>());
        services.AddSingleton<RunLauncher>();
        return services;
    }
}
