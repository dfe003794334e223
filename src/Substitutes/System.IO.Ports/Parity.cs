namespace System.IO.Ports;

/// <summary>The check bit behind each character.</summary>
public enum Parity
{
    None,
    Odd,
    Even,

    /// <summary>Always 1.</summary>
    Mark,

    /// <summary>Always 0.</summary>
    Space,
}
