using CyclerControl.Core.Runs;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Reading;

namespace CyclerControl.Recording.Catalogue;

/// <summary>The list of the runs of a data folder: an index, rebuilt from the run files whenever it is missing or wrong.</summary>
public sealed class RunCatalogue
{
    private const int MostCandidates = 10;

    private readonly DataFolder data;
    private readonly CatalogueDatabase database;

    public RunCatalogue(DataFolder data)
    {
        this.data = data ?? throw new ArgumentNullException(nameof(data));
        database = new CatalogueDatabase(data.CataloguePath);
    }

    /// <summary>In the order in which they were recorded.</summary>
    public IReadOnlyList<CatalogueEntry> Runs => database.Read(FolderOf);

    /// <summary>A run has started.</summary>
    public void Add(RunHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        database.Store(Entry(header, null, FolderOf(header.RunId)));
    }

    /// <summary>A run has ended.</summary>
    public void SetEnding(RunHeader header, RunEnding ending)
    {
        ArgumentNullException.ThrowIfNull(header);
        database.Store(Entry(header, ending, FolderOf(header.RunId)));
    }

    /// <summary>
    /// Makes the list agree with the folder: closes runs that their process left open (outcome interrupted), adds runs that were copied in,
    /// forgets runs that are gone.
    /// </summary>
    /// <returns>One sentence for each folder that could not be read.</returns>
    public IReadOnlyList<string> Refresh()
    {
        var problems = new List<string>();
        var listed = Runs.ToDictionary(r => r.RunId, StringComparer.Ordinal);
        var folders = new DirectoryInfo(data.RunsPath).GetDirectories()
            .Where(d => File.Exists(Path.Combine(d.FullName, RunFolder.RunFileName)))
            .OrderBy(d => d.CreationTimeUtc).ThenBy(d => d.Name, StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            if (listed.Remove(folder.Name, out var entry) && entry.Outcome is not null)
                continue;
            try
            {
                RunRecovery.TryClose(folder.FullName);
                database.Store(Read(folder.FullName));
            }
            catch (RecordingException e)
            {
                problems.Add(e.Message);
            }
        }

        foreach (var gone in listed.Keys)
            database.Forget(gone);
        return problems;
    }

    /// <summary>The run that is meant by a run id, the unique beginning of one, a path of its folder or file, or <c>last</c>.</summary>
    /// <exception cref="RecordingException">None, or several.</exception>
    public CatalogueEntry Find(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        if (TryPath(text) is { } byPath)
            return byPath;
        Refresh();
        var runs = Runs;
        if (runs.Count == 0)
            throw new RecordingException($"'{text}': there are no runs in {data.RunsPath} yet; `cycler run` makes one, --data names another folder");
        if (text == "last")
            return runs[^1];
        if (runs.FirstOrDefault(r => r.RunId == text) is { } exact)
            return exact;
        var candidates = runs.Where(r => r.RunId.StartsWith(text, StringComparison.Ordinal)).ToList();
        return candidates.Count switch
        {
            1 => candidates[0],
            0 => throw new RecordingException(
                $"'{text}': no such run in {data.RunsPath}; give a run id, its unique beginning, a path, or 'last' ('{runs[^1].RunId}')"),
            _ => throw new RecordingException($"'{text}' fits {candidates.Count} runs: {Names(candidates)}; give more of the run id"),
        };
    }

    private static CatalogueEntry? TryPath(string text)
    {
        var full = Path.GetFullPath(text);
        if (File.Exists(full) && Path.GetFileName(full) == RunFolder.RunFileName)
            return Read(Path.GetDirectoryName(full)!);
        return File.Exists(Path.Combine(full, RunFolder.RunFileName)) ? Read(full) : null;
    }

    private static CatalogueEntry Read(string folder)
    {
        using var reader = RunFileReader.Open(folder);
        return Entry(reader.Header, reader.Ending, folder);
    }

    private static CatalogueEntry Entry(RunHeader header, RunEnding? ending, string folder) => new(
        header.RunId, header.ChannelId, header.ProtocolName, header.StartedUtc, ending?.EndNanoseconds, ending?.Outcome, folder);

    private static string Names(List<CatalogueEntry> runs) =>
        string.Join(", ", runs.TakeLast(MostCandidates).Select(r => r.RunId)) + (runs.Count > MostCandidates ? " ..." : "");

    private string FolderOf(string runId) => Path.Combine(data.RunsPath, runId);
}
