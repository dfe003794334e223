using System.Globalization;
using CyclerControl.Recording.Files;
using CyclerControl.Service;
using CyclerControl.Service.Stations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog;
using Serilog.Events;

namespace CyclerControl.Cli.Composition;

/// <summary>The host in which runs live: station, recording, and the one place where logging is configured.</summary>
internal static class CyclerHost
{
    private const int LogFilesKept = 31;

    public static IHost Build(StationLinks station, DataFolder data)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        Log.Logger = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft.Extensions.Hosting", LogEventLevel.Fatal) // What keeps the host from starting is thrown, and said once.
            .WriteTo.Console(
                restrictedToMinimumLevel: LogEventLevel.Warning,
                standardErrorFromLevel: LogEventLevel.Verbose,
                outputTemplate: "{Level:u3} {Message:lj}{NewLine}",
                formatProvider: CultureInfo.InvariantCulture)
            .WriteTo.File(
                Path.Combine(data.Path, "logs", "cycler-.log"),
                rollingInterval: RollingInterval.Day,
                retainedFileCountLimit: LogFilesKept,
                shared: true,
                formatProvider: CultureInfo.InvariantCulture)
            .CreateLogger();
        builder.Logging.AddSerilog(Log.Logger, dispose: true);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddCyclerControl(station, data);
        return builder.Build();
    }
}
