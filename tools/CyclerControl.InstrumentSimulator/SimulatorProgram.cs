using System.Net.Sockets;
using System.Runtime.InteropServices;
using CyclerControl.InstrumentSimulator.Options;
using CyclerControl.Simulation;
using CyclerControl.Simulation.Clocks;
using CyclerControl.Simulation.Cyclers;
using CyclerControl.Simulation.Land;
using CyclerControl.Simulation.Neware;
using CyclerControl.Simulation.Wire.Faults;

namespace CyclerControl.InstrumentSimulator;

internal static class SimulatorProgram
{
    private const int Ended = 0;
    private const int Invalid = 2;
    private const int LandLookMilliseconds = 200;

    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        if (args is ["--help"] or ["-h"])
        {
            output.WriteLine(SimulatorArguments.Usage);
            return Ended;
        }

        if (SimulatorArguments.Parse(args, out var problems) is not { } arguments)
        {
            foreach (var problem in problems)
            {
                error.WriteLine(problem);
            }

            error.WriteLine(SimulatorArguments.Usage);
            return Invalid;
        }

        try
        {
            return Serve(arguments, output);
        }
        catch (SocketException e)
        {
            error.WriteLine($"{(arguments.Share is null ? "--tcp" : "--neware")} {arguments.Port}: cannot listen: {e.Message}");
            return Invalid;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            error.WriteLine($"{CauseOf(e, arguments)}: {e.Message}");
            return Invalid;
        }
    }

    /// <summary>The option behind a file or folder that cannot be had.</summary>
    private static string CauseOf(Exception failure, SimulatorArguments arguments) => arguments switch
    {
        { TruthPath: { } truth } when failure.Message.Contains(Path.GetFullPath(truth), StringComparison.Ordinal) => $"--truth {truth}",
        { Line: { } line } => $"--pty {line.Path}",
        { Share: { } share } => $"--share {share}",
        { Land: { } land } => $"--land {land.Folder}",
        _ => $"--truth {arguments.TruthPath}",
    };

    private static int Serve(SimulatorArguments arguments, TextWriter output)
    {
        using var stop = new ManualResetEventSlim();
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Set();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        if (arguments.Share is { } share)
        {
            ServeNeware(arguments, share, output, stop);
            return Ended;
        }

        if (arguments.Land is { } order)
        {
            WriteLandFiles(arguments, order, output, stop);
            return Ended;
        }

        var servers = new List<SimulatedCyclerServer>();
        try
        {
            Start(arguments, servers);
            foreach (var server in servers)
            {
                output.WriteLine($"listening on {(arguments.Line is null ? server.Address.GetLeftPart(UriPartial.Authority) : server.Address.OriginalString)}");
            }

            Announce(arguments, output);
            stop.Wait();
        }
        finally
        {
            servers.ForEach(server => server.Dispose());
        }

        return Ended;
    }

    private static void ServeNeware(SimulatorArguments arguments, string share, TextWriter output, ManualResetEventSlim stop)
    {
        Directory.CreateDirectory(share);
        using var truth = arguments.TruthPath is { } path ? TruthLog.ToFile(path) : null;
        var cycler = SimulatedCyclerServer.MakeCycler(Options(arguments) with { Seed = arguments.Seed }, truth);
        using var server = new BtsServer(new BtsBox(cycler, share, SimulatorArguments.BtsFolder), arguments.Port ?? 0, faults: Faults(arguments));
        output.WriteLine($"listening on {server.Address.GetLeftPart(UriPartial.Authority)}");
        output.WriteLine($"a Neware BTS client with {string.Join(", ", arguments.Cells)}; it opens {SimulatorArguments.BtsFolder}\\... in {share}");
        output.Flush();
        stop.Wait();
    }

    private static void WriteLandFiles(SimulatorArguments arguments, LandOrder order, TextWriter output, ManualResetEventSlim stop)
    {
        using var truth = arguments.TruthPath is { } path ? TruthLog.ToFile(path) : null;
        var cycler = SimulatedCyclerServer.MakeCycler(Options(arguments) with { Seed = arguments.Seed }, truth);
        using var software = new LandSoftware(cycler, arguments.Cells.Count, order.Folder, order.Kind, order.Recipe, order.FirstChannel, order.RecordSeconds);
        foreach (var file in software.Files)
        {
            output.WriteLine($"writing {file}");
        }

        Announce(arguments, output);
        while (!software.IsOver && !stop.Wait(LandLookMilliseconds))
        {
            software.BringUpToNow();
        }

        output.WriteLine(software.IsOver ? "the recipe is over" : "stopped");
    }

    private static FaultPlan? Faults(SimulatorArguments arguments) => arguments.Faults is { } plan
        ? new FaultPlan(plan.Fault, plan.Every, TimeProvider.System) { Late = BtsServer.Lateness }
        : null;

    private static SimulatedCyclerOptions Options(SimulatorArguments arguments) => new()
    {
        Clock = new StandAloneClock(TimeProvider.System, arguments.Speed),
        Cells = arguments.Cells,
        Shorts = arguments.Shorts,
        Injection = arguments.Injection,
        Profile = arguments.Profile,
        Line = arguments.Line,
        SerialNumber = arguments.SerialNumber,
        Faults = arguments.Faults,
    };

    private static void Start(SimulatorArguments arguments, List<SimulatedCyclerServer> servers)
    {
        var options = Options(arguments);
        for (var i = 0; i < arguments.Instruments; i++)
        {
            servers.Add(SimulatedCyclerServer.Start(options with
            {
                Seed = arguments.Seed + (i * arguments.Profile.MaxChannels),
                TruthPath = arguments.TruthPath is { } path && arguments.Instruments > 1 ? $"{path}.{i + 1}" : arguments.TruthPath,
                Port = arguments.Port is null or 0 ? 0 : arguments.Port.Value + i,
            }));
        }
    }

    private static void Announce(SimulatorArguments arguments, TextWriter output)
    {
        output.WriteLine($"simulated {arguments.Profile.Name} with {string.Join(", ", arguments.Cells)}; their critical currents are model parameters");
        output.Flush();
    }
}
