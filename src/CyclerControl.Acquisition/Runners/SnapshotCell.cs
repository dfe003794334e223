using CyclerControl.Core.Channels;

namespace CyclerControl.Acquisition.Runners;

/// <summary>
/// One writer, any readers, no lock and no allocation: the writer makes the version odd while it writes, a reader that saw an odd or a
/// changed version reads again.
/// </summary>
internal sealed class SnapshotCell(ChannelId channel)
{
    private int _version;
    private ChannelSnapshot _value = new() { Channel = channel };

    public void Write(in ChannelSnapshot value)
    {
        Volatile.Write(ref _version, _version + 1);
        Interlocked.MemoryBarrier();
        _value = value;
        Volatile.Write(ref _version, _version + 1);
    }

    public ChannelSnapshot Read()
    {
        var spin = default(SpinWait);
        while (true)
        {
            var before = Volatile.Read(ref _version);
            var value = _value;
            Interlocked.MemoryBarrier();
            if ((before & 1) == 0 && before == Volatile.Read(ref _version))
            {
                return value;
            }

            spin.SpinOnce();
        }
    }
}
