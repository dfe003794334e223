using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Output;
using CyclerControl.Recording;
using CyclerControl.Recording.Catalogue;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Reading;

namespace CyclerControl.Cli.Composition;

/// <summary>Runs in a data folder, as commands name them.</summary>
internal static class StoredRuns
{
    /// <exception cref="InputException">No such run, or several.</exception>
    public static CatalogueEntry Find(string data, string run)
    {
        try
        {
            return new RunCatalogue(DataFolder.Open(data)).Find(run);
        }
        catch (RecordingException exception)
        {
            throw new InputException(exception.Message, exception);
        }
    }

    /// <exception cref="InputException">No such run, or several.</exception>
    public static RunFileReader Open(string data, string run) => RunFileReader.Open(Find(data, run).Path);

    /// <summary>All runs; folders that cannot be read are told on standard error.</summary>
    public static IReadOnlyList<CatalogueEntry> All(string data)
    {
        var catalogue = new RunCatalogue(DataFolder.Open(data));
        foreach (var problem in catalogue.Refresh())
        {
            StandardStreams.Problem($"warning: {problem}");
        }

        return catalogue.Runs;
    }
}
