namespace CyclerControl.Cli.Composition;

/// <summary>What the command line says about the station.</summary>
/// <param name="File">Station file; null: the built-in station <c>demo</c>.</param>
/// <param name="Seed">Of simulated cells; channel n of the demo uses Seed + n - 1.</param>
/// <param name="Speed"><c>max</c>, or test seconds per second.</param>
/// <param name="IsSpeedGiven">True when somebody wrote it.</param>
/// <param name="TruthFile">Where the built-in station writes what its cycler really did; null: nowhere.</param>
internal sealed record StationChoice(string? File, long Seed, string Speed, bool IsSpeedGiven, string? TruthFile);
