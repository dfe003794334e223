using CyclerControl.Core.Channels;
using CyclerControl.Recording.Files;

namespace CyclerControl.Recording.Tests;

/// <summary>A data folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("recording-").FullName;

    public DataFolder Data => DataFolder.Open(Path);

    public RunFolder NewRun(int seed = 1) => Data.CreateRun(new ChannelId("demo", 1), new ManualTime(), new Random(seed));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
