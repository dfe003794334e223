using System.Net;
using System.Net.Sockets;

namespace CyclerControl.Simulation.Wire;

/// <summary>A port of 127.0.0.1, and one blocking thread for each client that comes to it.</summary>
internal sealed class WireListener : IDisposable
{
    private const int Backlog = 16;

    private readonly string _name;
    private readonly Action<Socket> _converse;
    private readonly int? _cpu;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _clients = [];
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private bool _stopped;

    /// <param name="name">Of the threads.</param>
    /// <param name="port">0 takes any free one.</param>
    /// <param name="converse">Speaks with one client until it goes; what a closed socket throws is its usual end.</param>
    /// <param name="cpu">Pins the client threads to this processor, where the system allows it; null leaves them free.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public WireListener(string name, int port, Action<Socket> converse, int? cpu)
    {
        _converse = converse;
        _cpu = cpu;
        try
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
            _listener.Listen(Backlog);
        }
        catch
        {
            _listener.Dispose();
            throw;
        }

        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _name = $"{name}-{Port}";
        _thread = new Thread(Accept) { IsBackground = true, Name = _name };
    }

    public int Port { get; }

    /// <summary>Begins to take clients. Apart from the constructor, so that whoever owns it is whole by then.</summary>
    public void Start() => _thread.Start();

    /// <summary>Waits, but not beyond the end.</summary>
    /// <returns>False when everything ends.</returns>
    public bool Wait(TimeSpan time) => time <= TimeSpan.Zero || !_stop.Wait(time);

    /// <summary>Cuts every client off, as a pulled cable would; new ones are welcome.</summary>
    public void DropClients()
    {
        lock (_gate)
        {
            _clients.ForEach(client => client.Dispose());
            _clients.Clear();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }

            _stopped = true;
        }

        _stop.Set();
        DropClients();
        _listener.Dispose();
        _thread.Join();
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

            new Thread(() => Serve(client)) { IsBackground = true, Name = _name + "-client" }.Start();
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
            _converse(client);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client has gone; whatever it left running is the business of what runs it.
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
}
