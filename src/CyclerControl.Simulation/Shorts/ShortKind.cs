namespace CyclerControl.Simulation.Shorts;

/// <summary>How an electronic path through the electrolyte behaves.</summary>
public enum ShortKind
{
    /// <summary>A few ohm, at once and for good.</summary>
    Hard,

    /// <summary>Of the order of the cell's own resistance, growing over minutes.</summary>
    Soft,

    /// <summary>Switches between open and closed within seconds.</summary>
    Telegraph,
}
