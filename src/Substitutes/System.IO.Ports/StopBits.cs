namespace System.IO.Ports;

/// <summary>What ends each character.</summary>
public enum StopBits
{
    /// <summary>Not a setting of a port.</summary>
    None,
    One,
    Two,

    /// <summary>Not on Linux.</summary>
    OnePointFive,
}
