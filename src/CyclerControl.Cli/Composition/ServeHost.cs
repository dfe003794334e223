using System.Globalization;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Writing;
using CyclerControl.Service;
using CyclerControl.Service.Configuration;
using CyclerControl.Service.Exports;
using CyclerControl.Service.Notifications;
using CyclerControl.Service.Security;
using CyclerControl.Service.Stations;
using CyclerControl.Service.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;

namespace CyclerControl.Cli.Composition;

/// <summary>The host of `cycler serve`: the station, recording, and the web server in front of them.</summary>
internal static class ServeHost
{
    /// <summary>A lost link may take its patience until its output is given up as unconfirmed.</summary>
    private static readonly TimeSpan s_shutdownPatience = TimeSpan.FromMinutes(2);

    public static WebApplication Build(StationLinks station, DataFolder data, ServiceConfiguration configuration, EffectiveConfiguration effective, TokenStore tokens)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(ServerLimits.Apply);
        if (configuration.Certificate is { } choice)
        {
            var certificate = ServerCertificate.Load(choice);
            builder.WebHost.UseKestrelHttpsConfiguration();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate));
        }

        builder.WebHost.UseUrls(configuration.Url.GetLeftPart(UriPartial.Authority));
        ConfigureLog(builder.Logging, data);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = s_shutdownPatience);
        builder.Services.AddSingleton<IHostLifetime, Microsoft.Extensions.Hosting.Internal.ConsoleLifetime>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddCyclerControl(station, data, RecorderHost.MaxThreads);
        builder.Services.AddCyclerService(Path.GetFullPath(configuration.Protocols), effective);
        builder.Services.AddCyclerSecurity(configuration.Security, tokens);
        builder.Services.AddScheduledExport(configuration.Export);
        builder.Services.AddNotifications(configuration.Notifications);
        var web = builder.Build();
        web.MapCyclerApi();
        return web;
    }

    private static void ConfigureLog(ILoggingBuilder logging, DataFolder data)
    {
        Log.Logger = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Extensions.Hosting", LogEventLevel.Fatal) // What keeps the host from starting is thrown, and said once.
            .WriteTo.Console(
                standardErrorFromLevel: LogEventLevel.Verbose,
                outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}",
                formatProvider: CultureInfo.InvariantCulture)
            .WriteTo.File(
                Path.Combine(data.Path, "logs", "cycler-.log"),
                rollingInterval: RollingInterval.Day,
                retainedFileCountLimit: 31,
                fileSizeLimitBytes: 100 << 20,
                rollOnFileSizeLimit: true,
                shared: true,
                formatProvider: CultureInfo.InvariantCulture)
            .CreateLogger();
        logging.AddSerilog(Log.Logger, dispose: true);
    }
}
