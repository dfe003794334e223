namespace CyclerControl.Client.Stations;

/// <summary>A run that was found unfinished when the service started.</summary>
/// <param name="RunId">Null where not even that is sure.</param>
/// <param name="Channel">Null where its file could not be read.</param>
/// <param name="Action">recovering, resumed, held, closed or left.</param>
/// <param name="Reason">One sentence.</param>
public sealed record RecoveredRunStatus(string? RunId, string? Channel, string Action, string Reason);
