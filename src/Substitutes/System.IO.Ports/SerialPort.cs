using System.ComponentModel;

namespace System.IO.Ports;

/// <summary>
/// A serial port, as far as the product uses it: names and meaning are those that the package documents. One thread uses it. On Linux; elsewhere
/// <see cref="Open"/> throws <see cref="PlatformNotSupportedException"/>.
/// </summary>
public class SerialPort : Component
{
    /// <summary>No timeout.</summary>
    public const int InfiniteTimeout = -1;

    private LineSettings _settings;
    private string _portName;
    private int _readTimeout = InfiniteTimeout;
    private int _writeTimeout = InfiniteTimeout;
    private Line? _line;

    /// <summary>COM1 at 9600 baud, 8 bits, no parity, one stop bit.</summary>
    public SerialPort()
        : this("COM1")
    {
    }

    public SerialPort(string portName, int baudRate = 9600, Parity parity = Parity.None, int dataBits = 8, StopBits stopBits = StopBits.One)
    {
        _portName = Named(portName);
        BaudRate = baudRate;
        Parity = parity;
        DataBits = dataBits;
        StopBits = stopBits;
    }

    /// <exception cref="InvalidOperationException">Set while it is open.</exception>
    public string PortName
    {
        get => _portName;
        set => _portName = IsOpen ? throw new InvalidOperationException("the port is open") : Named(value);
    }

    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public int BaudRate
    {
        get => _settings.BaudRate;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            Set(_settings with { BaudRate = value });
        }
    }

    public Parity Parity
    {
        get => _settings.Parity;
        set => Set(_settings with { Parity = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value)) });
    }

    /// <exception cref="ArgumentOutOfRangeException">Not 5 to 8.</exception>
    public int DataBits
    {
        get => _settings.DataBits;
        set => Set(_settings with { DataBits = value is >= 5 and <= 8 ? value : throw new ArgumentOutOfRangeException(nameof(value)) });
    }

    /// <exception cref="ArgumentOutOfRangeException"><see cref="StopBits.None"/>; on Linux also 1.5.</exception>
    public StopBits StopBits
    {
        get => _settings.StopBits;
        set => Set(_settings with { StopBits = value is StopBits.One or StopBits.Two ? value : throw new ArgumentOutOfRangeException(nameof(value)) });
    }

    public Handshake Handshake
    {
        get => _settings.Handshake;
        set => Set(_settings with { Handshake = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value)) });
    }

    /// <summary>ms; <see cref="InfiniteTimeout"/> until it is set.</summary>
    public int ReadTimeout
    {
        get => _readTimeout;
        set => _readTimeout = Timeout(value);
    }

    /// <summary>ms; <see cref="InfiniteTimeout"/> until it is set.</summary>
    public int WriteTimeout
    {
        get => _writeTimeout;
        set => _writeTimeout = Timeout(value);
    }

    public bool IsOpen => _line is not null;

    /// <exception cref="InvalidOperationException">It is not open.</exception>
    /// <exception cref="IOException">The device has gone.</exception>
    public int BytesToRead => Opened.BytesWaiting;

    private Line Opened => _line ?? throw new InvalidOperationException("the port is closed");

    /// <summary>The ports of this computer that have a device.</summary>
    public static string[] GetPortNames() => PortNames.Find();

    /// <exception cref="InvalidOperationException">It is open already.</exception>
    /// <exception cref="UnauthorizedAccessException">No right, or another program has it.</exception>
    /// <exception cref="IOException">There is no such port, or it cannot be set so.</exception>
    public void Open() => _line = IsOpen ? throw new InvalidOperationException("the port is open already") : new Line(_portName, _settings);

    public void Close() => Dispose();

    /// <summary>At least one byte.</summary>
    /// <exception cref="TimeoutException">None within <see cref="ReadTimeout"/>.</exception>
    /// <exception cref="IOException">The device has gone.</exception>
    public int Read(byte[] buffer, int offset, int count) => count == 0 ? 0 : Opened.Read(buffer.AsSpan(offset, count), _readTimeout);

    /// <summary>Every byte.</summary>
    /// <exception cref="TimeoutException">The port did not take them within <see cref="WriteTimeout"/>.</exception>
    /// <exception cref="IOException">The device has gone.</exception>
    public void Write(byte[] buffer, int offset, int count) => Opened.Write(buffer.AsSpan(offset, count), _writeTimeout);

    public void DiscardInBuffer() => Opened.Discard(Libc.FlushInput);

    public void DiscardOutBuffer() => Opened.Discard(Libc.FlushOutput);

    protected override void Dispose(bool disposing)
    {
        _line?.Dispose();
        _line = null;
        base.Dispose(disposing);
    }

    private static string Named(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name;
    }

    private static int Timeout(int milliseconds) => milliseconds is InfiniteTimeout or >= 0
        ? milliseconds
        : throw new ArgumentOutOfRangeException(nameof(milliseconds));

    private void Set(LineSettings settings)
    {
        _line?.Set(settings);
        _settings = settings;
    }
}
