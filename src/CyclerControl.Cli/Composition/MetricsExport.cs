using CyclerControl.Service.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace CyclerControl.Cli.Composition;

/// <summary>Sends the service's metrics to a collector, where the environment names one (OTEL_EXPORTER_OTLP_ENDPOINT and its relatives).</summary>
internal static class MetricsExport
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Null: nobody asked for it.</summary>
    public static IDisposable? Start() => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(EndpointVariable))
        ? null
        : Sdk.CreateMeterProviderBuilder().AddMeter(CyclerMetrics.MeterName).AddOtlpExporter().Build();
}
