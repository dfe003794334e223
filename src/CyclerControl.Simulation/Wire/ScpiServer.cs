using System.Net;
using System.Net.Sockets;
using CyclerControl.Simulation.Cyclers;
using CyclerControl.Simulation.Wire.Faults;

namespace CyclerControl.Simulation.Wire;

/// <summary>
/// Speaks SCPI for a simulated cycler on 127.0.0.1: one blocking thread a client. It reads the clock when a whole line has arrived, never
/// advances it and owns no timer; an exchange allocates nothing.
/// </summary>
internal sealed class ScpiServer : IWireServer
{
    private readonly SimulatedCycler _cycler;
    private readonly WireProfile _profile;
    private readonly int? _cpu;
    private readonly FaultPlan? _faults;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Socket _listener;
    private readonly List<Socket> _clients = [];
    private readonly Lock _gate = new();
    private readonly Thread _thread;
    private bool _stopped;

    /// <param name="port">0 takes any free port.</param>
    /// <param name="cpu">Pins the client threads to this processor, where the system allows it; null leaves them free.</param>
    /// <param name="faults">What it does wrong; null for nothing.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public ScpiServer(SimulatedCycler cycler, WireProfile profile, int port = 0, int? cpu = null, FaultPlan? faults = null)
    {
        _faults = faults;
        _cycler = cycler;
        _profile = profile;
        _cpu = cpu;
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
            _listener.Listen(16);
        }
        catch
        {
            _listener.Dispose();
            throw;
        }

        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _thread = new Thread(Accept) { IsBackground = true, Name = $"sim-scpi-{Port}" };
        _thread.Start();
    }

    public int Port { get; }

    public Uri Address => new($"tcp://127.0.0.1:{Port}");

    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }

            _stopped = true;
            _stop.Set();
            foreach (var client in _clients)
            {
                client.Dispose();
            }

            _clients.Clear();
        }

        _listener.Dispose();
        _thread.Join();
    }

    /// <summary>Cuts every client off, as a pulled cable would; new ones are welcome.</summary>
    public void DropClients()
    {
        lock (_gate)
        {
            foreach (var client in _clients)
            {
                client.Dispose();
            }

            _clients.Clear();
        }
    }

    private void Accept()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = _listener.Accept();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            lock (_gate)
            {
                if (_stopped)
                {
                    client.Dispose();
                    return;
                }

                _clients.Add(client);
            }

            new Thread(() => Serve(client)) { IsBackground = true, Name = $"sim-scpi-{Port}-client" }.Start();
        }
    }

    private void Serve(Socket client)
    {
        if (_cpu is { } cpu)
        {
            ThreadAffinity.TryPin(cpu);
        }

        try
        {
            client.NoDelay = true;
            Converse(client, new ScpiSession(_cycler, _profile.MakeLanguage(_cycler)));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client has gone; whatever it left running is the watchdog's business.
        }
        finally
        {
            lock (_gate)
            {
                _clients.Remove(client);
            }

            client.Dispose();
        }
    }

    private void Converse(Socket client, ScpiSession session)
    {
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
                    if (plan.Wait > TimeSpan.Zero && _stop.Wait(plan.Wait))
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
