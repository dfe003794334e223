namespace CyclerControl.Service.Exports;

/// <summary>What is exported by itself.</summary>
/// <param name="To">Folder, which must exist: one that is missing is a share that is away.</param>
/// <param name="Format">bdf or csv.</param>
/// <param name="Every">How often running runs are exported, at least 1 min; null: never.</param>
/// <param name="AtEnd">Each run when it has ended.</param>
public sealed record ExportPlan(string To, string Format, TimeSpan? Every, bool AtEnd)
{
    /// <summary>File of a run.</summary>
    public string FileOf(string runId) => Path.Combine(To, runId + (Format == "csv" ? ".csv" : ".bdf.csv"));
}
