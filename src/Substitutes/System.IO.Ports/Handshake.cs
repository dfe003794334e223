namespace System.IO.Ports;

/// <summary>How each side keeps the other from sending too much.</summary>
public enum Handshake
{
    None,

    /// <summary>The characters 0x11 and 0x13.</summary>
    XOnXOff,

    /// <summary>The wires RTS and CTS.</summary>
    RequestToSend,

    RequestToSendXOnXOff,
}
