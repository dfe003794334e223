using CyclerControl.Simulation.Cyclers;
using CyclerControl.Simulation.Wire;
using CyclerControl.Simulation.Wire.Serial;

namespace CyclerControl.Simulation;

/// <summary>A whole simulated instrument on a TCP port or a serial line: cells, cycler, truth file and SCPI server.</summary>
public sealed class SimulatedCyclerServer : IDisposable
{
    private readonly IWireServer _server;
    private readonly TruthLog? _truth;

    private SimulatedCyclerServer(SimulatedCycler cycler, IWireServer server, TruthLog? truth)
    {
        Cycler = cycler;
        _server = server;
        _truth = truth;
    }

    /// <summary>The instrument itself: its truth can be read while it runs, under <see cref="SimulatedCycler.Gate"/>.</summary>
    public SimulatedCycler Cycler { get; }

    /// <summary><c>tcp://127.0.0.1:port</c>, or <c>serial:///path</c>.</summary>
    public Uri Address => _server.Address;

    /// <summary>0 on a serial line.</summary>
    public int Port => (_server as ScpiServer)?.Port ?? 0;

    /// <summary>Makes the instrument and begins to listen.</summary>
    /// <exception cref="FormatException">An unknown cell, or more cells than channels.</exception>
    /// <exception cref="IOException">The truth file cannot be written, or there can be no line of that name.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken.</exception>
    public static SimulatedCyclerServer Start(SimulatedCyclerOptions options)
    {
        var truth = options.TruthPath is { } path ? TruthLog.ToFile(path) : null;
        try
        {
            var cycler = MakeCycler(options, truth);
            IWireServer server = options.Line is { } line
                ? new SerialServer(cycler, options.Profile, line, options.Faults)
                : new ScpiServer(cycler, options.Profile, options.Port, options.Cpu, options.Faults);
            return new SimulatedCyclerServer(cycler, server, truth);
        }
        catch
        {
            truth?.Dispose();
            throw;
        }
    }

    /// <summary>The instrument without its wire.</summary>
    /// <param name="truth">Where it writes what it did; null for nowhere.</param>
    /// <exception cref="FormatException">An unknown cell, or more cells than channels.</exception>
    public static SimulatedCycler MakeCycler(SimulatedCyclerOptions options, TruthLog? truth = null)
    {
        var cells = SimulatedCells.Make(options with { Cells = [.. Filled(options)] });
        var model = options.Noise is { } noise ? options.Profile.Model with { Noise = noise } : options.Profile.Model;
        return new SimulatedCycler(options.Clock, cells, model, options.SerialNumber ?? options.Profile.SerialNumber, truth, options.Injection);
    }

    /// <summary>Cuts every client off, as a pulled cable would.</summary>
    public void DropClients() => _server.DropClients();

    public void Dispose()
    {
        _server.Dispose();
        Cycler.BringUpToNow();
        _truth?.Dispose();
    }

    /// <summary>The box has all its channels, however few cells were named: a client's <c>(@1:8)</c> must work.</summary>
    private static IEnumerable<string> Filled(SimulatedCyclerOptions options) => options.Cells.Count == 0
        ? []
        : options.Cells.Concat(DemoCells.Names.Take(options.Profile.MaxChannels).Skip(options.Cells.Count));
}
