using CyclerControl.Core.Runs;

namespace CyclerControl.Recording.Catalogue;

/// <summary>One run in the list of runs.</summary>
/// <param name="EndNanoseconds">Test time of the end, ns; null while it is being recorded.</param>
/// <param name="Outcome">Null while it is being recorded.</param>
/// <param name="Path">Full path of the run's folder.</param>
public sealed record CatalogueEntry(
    string RunId,
    string Channel,
    string Protocol,
    DateTimeOffset StartedUtc,
    long? EndNanoseconds,
    RunOutcome? Outcome,
    string Path)
{
    /// <summary>Full path of the run file.</summary>
    public string RunFilePath => System.IO.Path.Combine(Path, Files.RunFolder.RunFileName);
}
