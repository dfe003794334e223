using CyclerControl.Core.Channels;

namespace CyclerControl.Recording.Files;

/// <summary>Where runs are kept: <c>catalogue.sqlite</c> and <c>runs/RUN-ID/</c>. On a local disk.</summary>
public sealed class DataFolder
{
    private const int Attempts = 100;

    private DataFolder(string path) => Path = path;

    /// <summary>Full path.</summary>
    public string Path { get; }

    public string RunsPath => System.IO.Path.Combine(Path, "runs");

    public string CataloguePath => System.IO.Path.Combine(Path, "catalogue.sqlite");

    /// <summary>Creates the folder where it is missing, and proves that it can be written.</summary>
    /// <exception cref="RecordingException">Not writable, disk full, or on a network file system.</exception>
    public static DataFolder Open(string path)
    {
        var data = new DataFolder(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)));
        if (NetworkMounts.TypeOf(data.Path) is { } type)
        {
            throw new RecordingException(
                $"{data.Path}: data folder is on a network file system ({type}), where a run file could be corrupted; choose a folder on a local disk with --data");
        }

        try
        {
            Directory.CreateDirectory(data.RunsPath);
            ProveWritable(data.RunsPath);
            return data;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException(
                $"{data.Path}: data folder cannot be written ({e.Message}); check permissions and free space, or choose another one with --data", e);
        }
    }

    /// <summary>Makes the folder of a new run and takes possession of it.</summary>
    /// <exception cref="RecordingException">It cannot be made.</exception>
    public RunFolder CreateRun(ChannelId channel, TimeProvider time, Random random)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var path = System.IO.Path.Combine(RunsPath, RunId.New(time, channel, random));
            if (Directory.Exists(path))
                continue;
            try
            {
                Directory.CreateDirectory(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new RecordingException($"{path}: folder of the run cannot be made ({e.Message}); check permissions and free space", e);
            }

            // Two processes may have made the same folder: the lock decides.
            if (RunFolder.TryOwn(path) is not { } folder)
                continue;
            if (!File.Exists(folder.RunFilePath))
                return folder;
            folder.Dispose();
        }

        throw new RecordingException($"{RunsPath}: no free run id in {Attempts} attempts; is the clock of this computer standing still?");
    }

    private static void ProveWritable(string folder)
    {
        var probe = System.IO.Path.Combine(folder, $".probe-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}");
        try
        {
            File.WriteAllBytes(probe, new byte[4096]);
        }
        finally
        {
            File.Delete(probe);
        }
    }
}
