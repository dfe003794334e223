using System.Text.Json;
using CyclerControl.Client.Runs;
using CyclerControl.Recording;
using CyclerControl.Recording.Catalogue;
using CyclerControl.Recording.Reading;
using CyclerControl.Service.Answers;

namespace CyclerControl.Service.Runs;

/// <summary>The runs of the data folder, by their names only: a path never leads out of it.</summary>
public sealed class RunArchive(RunCatalogue catalogue)
{
    /// <summary>Oldest first.</summary>
    /// <param name="cell">Id of a cell; null: all.</param>
    public IReadOnlyList<RunInfo> List(string? cell)
    {
        var runs = catalogue.Runs;
        return cell is null
            ? [.. runs.Select(r => Info(r, null))]
            : [.. runs.Select(r => Info(r, CellIdOf(r))).Where(r => string.Equals(r.CellId, cell, StringComparison.Ordinal))];
    }

    public Answer<RunInfo> Find(string run)
    {
        var found = Entry(run);
        return found.Value is { } entry ? Info(entry, CellIdOf(entry)) : found.Refusal!;
    }

    /// <summary>Opens the run file for reading; the caller disposes of the reader.</summary>
    public Answer<RunFileReader> Open(string run)
    {
        var found = Entry(run);
        if (found.Value is not { } entry)
        {
            return found.Refusal!;
        }

        try
        {
            return RunFileReader.Open(entry.Path);
        }
        catch (RecordingException unreadable)
        {
            return new Refusal(RefusalKind.Unavailable, unreadable.Message);
        }
    }

    private Answer<CatalogueEntry> Entry(string run)
    {
        var runs = catalogue.Runs;
        var candidates = run == "last" ? [.. runs.TakeLast(1)]
            : runs.FirstOrDefault(r => r.RunId == run) is { } exact ? [exact]
            : runs.Where(r => r.RunId.StartsWith(run, StringComparison.Ordinal)).ToList();
        return candidates.Count switch
        {
            1 => candidates[0],
            0 => new Refusal(RefusalKind.NotFound, $"run: there is no '{run}'; 'cycler runs' lists those that there are"),
            _ => new Refusal(RefusalKind.Conflict, $"run: '{run}' fits {candidates.Count} runs; give more of the run id"),
        };
    }

    private static RunInfo Info(CatalogueEntry run, string? cellId) => new()
    {
        RunId = run.RunId,
        Channel = run.Channel,
        Protocol = run.Protocol,
        Started = run.StartedUtc,
        DurationSeconds = run.EndNanoseconds * 1e-9,
        Outcome = run.Outcome is { } outcome ? JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString()) : "running",
        CellId = cellId,
        Path = run.Path,
    };

    private static string? CellIdOf(CatalogueEntry run)
    {
        try
        {
            using var reader = RunFileReader.Open(run.Path);
            return reader.Header.Cell.Id;
        }
        catch (RecordingException)
        {
            return null;
        }
    }
}
