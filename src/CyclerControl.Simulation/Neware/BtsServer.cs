using System.Net.Sockets;
using CyclerControl.Simulation.Wire;
using CyclerControl.Simulation.Wire.Faults;

namespace CyclerControl.Simulation.Neware;

/// <summary>The BTS client's API on a port of 127.0.0.1. It reads the clock when a whole request has arrived.</summary>
public sealed class BtsServer : IWireServer
{
    /// <summary>How late a late reply has to be for a client to give it up: the vendor's own limit is 30 s.</summary>
    public static readonly TimeSpan Lateness = TimeSpan.FromSeconds(35);

    private const int MostBytes = 1 << 20;

    private readonly BtsLanguage _language;
    private readonly FaultPlan? _faults;
    private readonly WireListener _listener;
    private long _replies;

    /// <param name="box">What it speaks for.</param>
    /// <param name="port">0 takes any free one; the real one has 502.</param>
    /// <param name="time">Whose local time stands in <c>atime</c>.</param>
    /// <param name="faults">What it does wrong; null for nothing.</param>
    /// <param name="cpu">Pins the threads, for virtual clocks.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public BtsServer(BtsBox box, int port = 0, TimeProvider? time = null, FaultPlan? faults = null, int? cpu = null)
    {
        Box = box;
        _language = new BtsLanguage(box, time ?? TimeProvider.System);
        _faults = faults;
        _listener = new WireListener("sim-bts", port, Converse, cpu);
        _listener.Start();
    }

    public BtsBox Box { get; }

    public int Port => _listener.Port;

    public Uri Address => new($"neware://127.0.0.1:{Port}");

    public void DropClients() => _listener.DropClients();

    public void Dispose()
    {
        _listener.Dispose();
        Box.Cycler.BringUpToNow();
    }

    private void Converse(Socket client)
    {
        var buffer = new byte[MostBytes];
        var filled = 0;
        while (filled < buffer.Length)
        {
            var received = client.Receive(buffer.AsSpan(filled));
            if (received == 0)
            {
                return;
            }

            filled += received;
            while (buffer.AsSpan(0, filled).IndexOf("#\r\n"u8) is >= 0 and var end)
            {
                if (_faults is not { IsFrozen: true } && !Send(client, _language.Answer(buffer.AsSpan(0, end))))
                {
                    return;
                }

                buffer.AsSpan(end + 3, filled - end - 3).CopyTo(buffer);
                filled -= end + 3;
            }
        }
    }

    /// <returns>False when the connection is over.</returns>
    private bool Send(Socket client, byte[]? reply)
    {
        if (reply is null)
        {
            return false;
        }

        var length = reply.Length;
        if (_faults is not null)
        {
            var plan = _faults.Spoil(reply);
            if (!_listener.Wait(plan.Wait))
            {
                return false;
            }

            length = plan.Length;
            if (_faults.Fault == WireFault.Lie && ++_replies % _faults.Every == 0)
            {
                Lie(reply);
            }

            if (plan.IsCut)
            {
                _ = client.Send(reply.AsSpan(0, length));
                return false;
            }
        }

        for (var sent = 0; sent < length;)
        {
            sent += client.Send(reply.AsSpan(sent, length - sent));
        }

        return true;
    }

    /// <summary>The first voltage of a reply becomes another one.</summary>
    private static void Lie(Span<byte> reply)
    {
        var name = reply.IndexOf("volt"u8);
        var digit = name < 0 ? -1 : reply[name..].IndexOfAnyInRange((byte)'0', (byte)'9');
        if (digit >= 0)
        {
            reply[name + digit] = (byte)('0' + ((reply[name + digit] - '0' + 7) % 10));
        }
    }
}
