using System.IO.Ports;

namespace CyclerControl.Instruments.Transports;

/// <summary>Bytes over a serial line. One thread opens, uses and closes it; every wait has an end.</summary>
/// <remarks>
/// <see cref="SerialPort"/> works on arrays, so each transfer is copied once; on Linux, with the substitute, an exchange that works still
/// allocates nothing. A timeout is an exception of the port, and ends the session anyway.
/// </remarks>
public sealed class SerialTransport : ITransport
{
    private const int MostSettles = 20;
    private readonly SerialPort _port;
    private readonly ManualResetEventSlim _pause = new();
    private readonly byte[] _outgoing = new byte[8192];
    private readonly byte[] _incoming = new byte[4096];
    private int _readTimeout;
    private int _writeTimeout;

    private SerialTransport(SerialPort port)
    {
        _port = port;
        Address = "serial://" + port.PortName;
    }

    public string Address { get; }

    /// <summary>Opens a port, and waits until the line is silent. Blocking.</summary>
    /// <param name="port"><c>/dev/ttyUSB0</c>, <c>COM3</c>.</param>
    /// <exception cref="IOException">No such port, it cannot be set so, the device has gone, or the line is never silent.</exception>
    /// <exception cref="UnauthorizedAccessException">No right, or another program has it.</exception>
    /// <exception cref="PlatformNotSupportedException">This build has no serial ports for this system.</exception>
    public static SerialTransport Open(string port, SerialSettings settings)
    {
        var line = new SerialPort(port, settings.Baud, settings.Parity, settings.DataBits, settings.StopBits) { Handshake = settings.Handshake };
        var transport = new SerialTransport(line);
        try
        {
            line.Open();
            transport.Settle(settings.Settle);
            return transport;
        }
        catch
        {
            transport.Dispose();
            throw;
        }
    }

    public TransportResult Send(ReadOnlySpan<byte> data, TimeSpan timeout)
    {
        try
        {
            var milliseconds = Milliseconds(timeout);
            if (milliseconds != _writeTimeout)
            {
                _port.WriteTimeout = milliseconds;
                _writeTimeout = milliseconds;
            }

            for (var sent = 0; sent < data.Length;)
            {
                var count = Math.Min(data.Length - sent, _outgoing.Length);
                data.Slice(sent, count).CopyTo(_outgoing);
                _port.Write(_outgoing, 0, count);
                sent += count;
            }

            return TransportResult.Moved(data.Length);
        }
        catch (TimeoutException)
        {
            // How much of it went is not known: the instrument may hold a part.
            return new TransportResult(data.Length, TransportFault.TimedOut, "TimedOut");
        }
        catch (Exception failure) when (IsOfTheLine(failure))
        {
            return new TransportResult(0, TransportFault.Broken, failure.Message);
        }
    }

    public TransportResult Receive(Span<byte> buffer, TimeSpan timeout)
    {
        try
        {
            var milliseconds = Milliseconds(timeout);
            if (milliseconds != _readTimeout)
            {
                _port.ReadTimeout = milliseconds;
                _readTimeout = milliseconds;
            }

            var count = _port.Read(_incoming, 0, Math.Min(buffer.Length, _incoming.Length));
            _incoming.AsSpan(0, count).CopyTo(buffer);
            return TransportResult.Moved(count);
        }
        catch (TimeoutException)
        {
            return new TransportResult(0, TransportFault.TimedOut, "TimedOut");
        }
        catch (Exception failure) when (IsOfTheLine(failure))
        {
            return new TransportResult(0, TransportFault.Broken, failure.Message);
        }
    }

    /// <summary>Looks at the end of the wait, not during it: a port has no cheaper way, and the wait is the pause between two messages.</summary>
    public bool WaitForInput(TimeSpan timeout)
    {
        if (timeout > TimeSpan.Zero)
        {
            _ = _pause.Wait(timeout);
        }

        try
        {
            return _port.BytesToRead > 0;
        }
        catch (Exception failure) when (IsOfTheLine(failure))
        {
            return true;   // the receive that follows names the fault
        }
    }

    public void Dispose()
    {
        try
        {
            _port.Dispose();
        }
        catch (Exception failure) when (IsOfTheLine(failure))
        {
            // The device went first.
        }

        _pause.Dispose();
    }

    private void Settle(TimeSpan silence)
    {
        for (var i = 0; i < MostSettles; i++)
        {
            _port.DiscardInBuffer();
            _ = _pause.Wait(silence);
            if (_port.BytesToRead == 0)
            {
                return;
            }
        }

        throw new IOException($"{_port.PortName}: the device sends without being asked; is it the right port, and the right speed?");
    }

    // What a device that is pulled out looks like differs between systems.
    private static bool IsOfTheLine(Exception failure) => failure is IOException or UnauthorizedAccessException or InvalidOperationException;

    private static int Milliseconds(TimeSpan timeout) => (int)Math.Clamp(Math.Ceiling(timeout.TotalMilliseconds), 1, int.MaxValue);
}
