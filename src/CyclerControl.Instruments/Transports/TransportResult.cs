namespace CyclerControl.Instruments.Transports;

/// <summary>What kept bytes from moving.</summary>
public enum TransportFault : byte
{
    None,

    /// <summary>Nothing moved within the timeout.</summary>
    TimedOut,

    /// <summary>The other side closed the connection.</summary>
    Closed,

    /// <summary>The connection was reset, the network or the device is gone.</summary>
    Broken,
}

/// <summary>What became of one send or receive.</summary>
/// <param name="Bytes">Bytes moved; with a fault, those moved before it.</param>
/// <param name="Fault"><see cref="TransportFault.None"/> when all is well.</param>
/// <param name="Detail">The system's own word for the fault.</param>
public readonly record struct TransportResult(int Bytes, TransportFault Fault, string? Detail)
{
    /// <summary>Bytes moved, nothing went wrong.</summary>
    public static TransportResult Moved(int bytes) => new(bytes, TransportFault.None, null);
}
