using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Composition;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Quantities;
using CyclerControl.Recording;
using CyclerControl.Recording.Import;
using CyclerControl.Recording.Reading;

namespace CyclerControl.Cli.Commands;

/// <summary>A file to be searched, whatever it is; opened as often as it is read.</summary>
/// <param name="Name">As the user gave it.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Cell">What the file itself says about the cell.</param>
/// <param name="Settings">Of the detector: those of the run, defaults for a table.</param>
/// <param name="Columns">Of a table; null for a run file.</param>
internal sealed record RecordFile(string Name, string Path, CellSpec Cell, DetectionSettings Settings, ColumnChoice? Columns)
{
    private static readonly byte[] s_sqlite = "SQLite format 3\0"u8.ToArray();

    /// <summary>Null, and a problem, where there is none.</summary>
    public static RecordFile? Find(string name, string data, ColumnChoice columns, List<Problem> problems)
    {
        try
        {
            var path = File.Exists(name) || Directory.Exists(name) ? name : StoredRuns.Find(data, name).Path;
            if (!Directory.Exists(path) && !IsRunFile(path))
            {
                return new RecordFile(name, path, new CellSpec(), DetectionSettings.Default, columns);
            }

            using var reader = RunFileReader.Open(path);
            return new RecordFile(name, path, reader.Header.Cell, DetectionSettingsTable.From(reader.Header.DetectionSettings), null);
        }
        catch (InputException)
        {
            problems.Add(new Problem(name, 1, 1, "file", null, "is neither a file nor a run in " + data, "check the path; `cycler runs` lists the runs that there are"));
        }
        catch (Exception exception) when (exception is RecordingException or IOException or UnauthorizedAccessException)
        {
            problems.Add(new Problem(name, 1, 1, "file", null, "cannot be read: " + exception.Message.TrimEnd('.'), "check the file"));
        }

        return null;
    }

    public IMeasurementSource Open(ProblemList problems) =>
        Columns is { } columns ? TextMeasurements.Open(Path, columns, problems) : new RunMeasurements(RunFileReader.Open(Path));

    private static bool IsRunFile(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> head = stackalloc byte[s_sqlite.Length];
        return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.SequenceEqual(s_sqlite);
    }
}
