namespace CyclerControl.Simulation.Wire.Faults;

/// <summary>What a simulated instrument does wrong on its wire, for rehearsals.</summary>
public enum WireFault
{
    /// <summary>A reply comes 5 s late.</summary>
    Late,

    /// <summary>Bytes of a reply are others.</summary>
    Garble,

    /// <summary>Half a reply, and then the line is gone: the socket is closed, the terminal vanishes for a while.</summary>
    Drop,

    /// <summary>Its firmware hangs: for 10 s it hears nothing and answers nothing, with its outputs as they are.</summary>
    Freeze,

    /// <summary>A whole number, but not the one that is true.</summary>
    Lie,
}
