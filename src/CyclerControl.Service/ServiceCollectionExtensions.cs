using CyclerControl.Acquisition.Links;
using CyclerControl.Client;
using CyclerControl.Recording.Catalogue;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Writing;
using CyclerControl.Service.Channels;
using CyclerControl.Service.Configuration;
using CyclerControl.Service.Hosting;
using CyclerControl.Service.Notifications;
using CyclerControl.Service.Protocols;
using CyclerControl.Service.Recovery;
using CyclerControl.Service.Runs;
using CyclerControl.Service.Stations;
using CyclerControl.Service.Streaming;
using CyclerControl.Service.Telemetry;
using CyclerControl.Service.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CyclerControl.Service;

/// <summary>Puts CyclerControl into a host.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Links, runs and recording of one station over one data folder. The composition root brings both, and a TimeProvider.</summary>
    /// <param name="recorderThreads">How many threads write run files: one is enough for one run.</param>
    public static IServiceCollection AddCyclerControl(this IServiceCollection services, StationLinks station, DataFolder data, int recorderThreads = 1)
    {
        services.AddSingleton(station);
        services.AddSingleton(data);
        services.AddSingleton(_ => new RecorderHost(recorderThreads));
        services.AddSingleton<RunCatalogue>();
        services.AddSingleton<LoggingLinkObserver>();
        services.AddSingleton<StationWatch>();
        services.AddSingleton<CyclerMetrics>();
        services.AddSingleton<ILinkObserver>(p => new LinkObservers(
            [p.GetRequiredService<LoggingLinkObserver>(), p.GetRequiredService<StationWatch>(), p.GetRequiredService<CyclerMetrics>(), .. p.GetServices<LatchBook>(), .. p.GetServices<NotificationDesk>()]));
        services.AddSingleton<StationHost>();
        services.AddSingleton<IHostedService>(p => p.GetRequiredService<StationHost>());
        services.AddSingleton<RunLauncher>();
        return services;
    }

    /// <summary>What a service needs beyond runs: the desk at which operators ask for things, and the web server's rules.</summary>
    /// <param name="protocolFolder">Where protocols are found by name.</param>
    /// <param name="configuration">What the service was told, for administrators; null: nothing.</param>
    public static IServiceCollection AddCyclerService(this IServiceCollection services, string protocolFolder, EffectiveConfiguration? configuration = null)
    {
        services.AddSingleton(p => new ProtocolLibrary(protocolFolder, Path.Combine(p.GetRequiredService<DataFolder>().Path, "protocols")));
        services.AddOpenApi(options => options.AddOperationTransformer(DocumentedBodies.DescribeAsync));
        services.AddSingleton(configuration ?? new EffectiveConfiguration([]));
        services.AddSingleton<LatchBook>();
        services.AddSingleton<ServiceGate>();
        services.AddSingleton<RunBoard>();
        services.AddSingleton<RunFollowUp>();
        services.AddSingleton<RunArchive>();
        services.AddSingleton<ChannelQueues>();
        services.AddSingleton<ChannelWishes>();
        services.AddSingleton<ChannelStarter>();
        services.AddSingleton<BulkStarter>();
        services.AddSingleton<QueueRunner>();
        services.AddSingleton<ChannelViews>();
        services.AddSingleton<RunOverviews>();
        services.AddSingleton<StreamHub>();
        services.AddSingleton<IHostedService>(p => p.GetRequiredService<StreamHub>());
        services.AddSingleton<StationViews>();
        services.AddSingleton<ServiceHealth>();
        services.AddSingleton<StationRecovery>();
        services.AddSingleton<IHostedService>(p => p.GetRequiredService<StationRecovery>());
        services.AddSingleton<IHostedService, OrderlyShutdown>();
        services.AddSingleton(_ => ServiceNotifier.OfEnvironment());
        services.AddHostedService<WatchdogFeeder>();
        services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return services;
    }
}
