namespace CyclerControl.Simulation.Wire.Serial;

/// <summary>A serial line that a simulated instrument is on.</summary>
/// <param name="Path">The name under which a program opens it: a symbolic link that is made.</param>
public sealed record SerialLineOptions(string Path)
{
    /// <summary>Characters take as long as at this speed (10 bits each, both ways); 0: no time.</summary>
    public int Baud { get; init; }

    /// <summary>What ends a reply. Messages end in a carriage return, a line feed, or both.</summary>
    public string Terminator { get; init; } = "\n";

    /// <summary>The name under which it comes back, and goes on changing with <see cref="Path"/>; null: the same.</summary>
    public string? ReturnsAs { get; init; }

    /// <summary>How long it is away when the line is dropped.</summary>
    public TimeSpan Absence { get; init; } = TimeSpan.FromSeconds(2);
}
