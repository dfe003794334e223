using CyclerControl.Core.Channels;

namespace CyclerControl.Acquisition.Runners;

/// <summary>
/// One writer, any readers, no lock and no allocation: the writer makes the version odd while it writes, a reader that saw an odd or a
/// changed version reads again. What changes with each sample is kept apart from what changes rarely.
/// </summary>
internal sealed class SnapshotCell(ChannelId channel)
{
    private int _version;
    private ChannelSnapshot _rare = new() { Channel = channel };
    private SampleFigures _figures;

    public void Write(in ChannelSnapshot rare, in SampleFigures figures)
    {
        BeginWrite();
        _rare = rare;
        _figures = figures;
        EndWrite();
    }

    public void Write(in SampleFigures figures)
    {
        BeginWrite();
        _figures = figures;
        EndWrite();
    }

    public ChannelSnapshot Read()
    {
        var spin = default(SpinWait);
        while (true)
        {
            var before = Volatile.Read(ref _version);
            var rare = _rare;
            var figures = _figures;
            Interlocked.MemoryBarrier();
            if ((before & 1) == 0 && before == Volatile.Read(ref _version))
            {
                return figures.Into(rare);
            }

            spin.SpinOnce();
        }
    }

    private void BeginWrite()
    {
        Volatile.Write(ref _version, _version | 1);
        Interlocked.MemoryBarrier();
    }

    /// <summary>Even whatever an abandoned writer has left behind.</summary>
    private void EndWrite() => Volatile.Write(ref _version, (_version | 1) + 1);
}
