using CyclerControl.Core.Runs;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Writing;

namespace CyclerControl.Service.Runs;

/// <summary>The recording of a run that may be opened while the run is being started, and must be closed whatever becomes of it.</summary>
internal sealed class RunRecordingSlot : IDisposable
{
    private RunFolder? _folder;

    public RunRecorder? Recorder { get; private set; }

    public RunHeader? Header { get; private set; }

    public RunRecorder Open(RunFolder folder, RunHeader header, Func<RunRecorder> open)
    {
        _folder = folder;
        Header = header;
        Recorder = open();
        return Recorder;
    }

    public void Dispose()
    {
        Recorder?.Dispose();
        _folder?.Dispose();
    }
}
