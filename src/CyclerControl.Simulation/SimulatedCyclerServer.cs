using CyclerControl.Simulation.Cyclers;
using CyclerControl.Simulation.Wire;

namespace CyclerControl.Simulation;

/// <summary>A whole simulated instrument on a TCP port: cells, cycler, truth file and SCPI server.</summary>
public sealed class SimulatedCyclerServer : IDisposable
{
    private readonly ScpiServer _server;
    private readonly TruthLog? _truth;

    private SimulatedCyclerServer(SimulatedCycler cycler, ScpiServer server, TruthLog? truth)
    {
        Cycler = cycler;
        _server = server;
        _truth = truth;
    }

    /// <summary>The instrument itself: its truth can be read while it runs, under <see cref="SimulatedCycler.Gate"/>.</summary>
    public SimulatedCycler Cycler { get; }

    /// <summary><c>tcp://127.0.0.1:port</c>.</summary>
    public Uri Address => _server.Address;

    public int Port => _server.Port;

    /// <summary>Makes the instrument and begins to listen.</summary>
    /// <exception cref="FormatException">An unknown cell, or more cells than channels.</exception>
    /// <exception cref="IOException">The truth file cannot be written.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken.</exception>
    public static SimulatedCyclerServer Start(SimulatedCyclerOptions options)
    {
        var cells = SimulatedCells.Make(options with { Cells = [.. Filled(options)] });
        var truth = options.TruthPath is { } path ? TruthLog.ToFile(path) : null;
        try
        {
            var model = options.Noise is { } noise ? options.Profile.Model with { Noise = noise } : options.Profile.Model;
            var cycler = new SimulatedCycler(options.Clock, cells, model, options.Profile.SerialNumber, truth, options.Injection);
            return new SimulatedCyclerServer(cycler, new ScpiServer(cycler, options.Profile, options.Port, options.Cpu), truth);
        }
        catch
        {
            truth?.Dispose();
            throw;
        }
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
