using CyclerControl.Analysis.Reports;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Quantities;
using CyclerControl.Service.Reports;
using CyclerControl.Service.Runs;
using CyclerControl.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CyclerControl.Service.Tests.Runs;

/// <summary>Runs a shipped protocol file as the product does: file, compiler, host, link, engine, detector, recorder, report.</summary>
internal static class ShippedRun
{
    /// <param name="protocol">Name of the file without its extension.</param>
    /// <param name="cell">As <c>--cell</c>.</param>
    /// <param name="settings">As <c>--set</c>, name=value each.</param>
    public static Task<RunReport> OfAsync(SimulatedStation station, string protocol, string cell, params string[] settings)
    {
        var file = FileOf(protocol);
        return OfTextAsync(station, file, File.ReadAllText(file), cell, settings);
    }

    public static string FileOf(string protocol) => Checkout.Protocol(protocol);

    /// <param name="file">For messages.</param>
    /// <param name="text">The protocol.</param>
    /// <param name="cell">As <c>--cell</c>.</param>
    /// <param name="settings">As <c>--set</c>, name=value each.</param>
    public static async Task<RunReport> OfTextAsync(SimulatedStation station, string file, string text, string cell, params string[] settings)
    {
        using var folder = new TemporaryFolder();
        var (session, conclusion) = await ConcludeAsync(station, folder, Order(station, file, text, cell, settings));
        Assert.Null(conclusion.Refusal);
        Assert.Null(conclusion.RecordingFailure);
        return RunReports.Write(session.Folder!);
    }

    /// <summary>What becomes of an order.</summary>
    /// <param name="folder">Where its data goes.</param>
    public static async Task<(RunSession Session, RunConclusion Conclusion)> ConcludeAsync(SimulatedStation station, TemporaryFolder folder, RunOrder order)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddCyclerControl(station.Links, folder.Data);
        using var host = builder.Build();
        await host.StartAsync();
        try
        {
            var session = await host.Services.GetRequiredService<RunLauncher>().StartAsync(order);
            return (session, await session.Conclusion);
        }
        finally
        {
            await host.StopAsync();
        }
    }

    public static RunOrder Order(SimulatedStation station, string file, string text, string cell, IEnumerable<string> settings)
    {
        var reading = ProtocolReader.Read(file, text);
        Assert.Empty(reading.Problems);
        var problems = new ProblemList(CellSpecReader.CommandLine);
        var given = CellSpecReader.FromText(cell, problems);
        Assert.Empty(problems.Items);
        var parameters = settings.Select(s => s.Split('=')).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        var link = station.Links.Instruments[0].Link;
        var compiled = RunProgramCompiler.Compile(reading.Definition!, given, parameters, link.Capabilities);
        Assert.Empty(compiled.Problems);
        return new RunOrder
        {
            Channel = new ChannelId(link.Address.Name, 1),
            Program = compiled.Program!,
            ProtocolText = text,
            Parameters = parameters,
            EndOnPause = true,
        };
    }
}
