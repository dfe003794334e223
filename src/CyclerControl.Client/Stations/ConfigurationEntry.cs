namespace CyclerControl.Client.Stations;

/// <summary>One thing that the service was told.</summary>
/// <param name="Key">Its name in the configuration.</param>
/// <param name="Value">Three stars for a secret; null: not set.</param>
/// <param name="From">default, a file, the environment or the command line.</param>
public sealed record ConfigurationEntry(string Key, string? Value, string From);
