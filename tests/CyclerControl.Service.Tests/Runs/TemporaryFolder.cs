using CyclerControl.Recording.Files;

namespace CyclerControl.Service.Tests.Runs;

/// <summary>A data folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("shipped-").FullName;

    public DataFolder Data => DataFolder.Open(_path);

    public string Path => _path;

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
