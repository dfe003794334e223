using System.Net.Sockets;
using CyclerControl.Simulation.Cyclers;
using CyclerControl.Simulation.Wire.Faults;

namespace CyclerControl.Simulation.Wire;

/// <summary>
/// Speaks SCPI for a simulated cycler on 127.0.0.1. It reads the clock when a whole line has arrived, never advances it and owns no timer; an exchange
/// allocates nothing.
/// </summary>
internal sealed class ScpiServer : IWireServer
{
    private readonly SimulatedCycler _cycler;
    private readonly WireProfile _profile;
    private readonly FaultPlan? _faults;
    private readonly WireListener _listener;

    /// <param name="port">0 takes any free port.</param>
    /// <param name="cpu">Pins the client threads to this processor, where the system allows it; null leaves them free.</param>
    /// <param name="faults">What it does wrong; null for nothing.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public ScpiServer(SimulatedCycler cycler, WireProfile profile, int port = 0, int? cpu = null, FaultPlan? faults = null)
    {
        _faults = faults;
        _cycler = cycler;
        _profile = profile;
        _listener = new WireListener("sim-scpi", port, Converse, cpu);
        _listener.Start();
    }

    public int Port => _listener.Port;

    public Uri Address => new($"tcp://127.0.0.1:{Port}");

    public void Dispose() => _listener.Dispose();

    public void DropClients() => _listener.DropClients();

    private void Converse(Socket client)
    {
        var session = new ScpiSession(_cycler, _profile.MakeLanguage(_cycler));
        var spoiled = _faults is null ? [] : new byte[1 << 20];
        var lines = new LineSplitter();
        while (true)
        {
            var received = client.Receive(lines.Free);
            if (received == 0)
            {
                return;
            }

            lines.Received(received);
            while (lines.TryTake(out var message, out var overrun))
            {
                if (overrun)
                {
                    session.Report(ScpiError.InputOverrun);
                    continue;
                }

                if (_faults is { IsFrozen: true })
                {
                    continue;
                }

                var reply = session.Handle(message);
                if (_faults is not null && !reply.IsEmpty)
                {
                    reply.CopyTo(spoiled);
                    var plan = _faults.Spoil(spoiled.AsSpan(0, reply.Length));
                    if (!_listener.Wait(plan.Wait))
                    {
                        return;
                    }

                    reply = spoiled.AsSpan(0, plan.Length);
                    if (plan.IsCut)
                    {
                        _ = client.Send(reply);
                        return;
                    }
                }

                while (!reply.IsEmpty)
                {
                    reply = reply[client.Send(reply)..];
                }
            }
        }
    }
}
