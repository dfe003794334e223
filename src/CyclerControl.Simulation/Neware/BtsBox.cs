using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.Neware;

/// <summary>The middle machine with its units and channels, and the PC's folder from which step files are opened.</summary>
public sealed class BtsBox
{
    /// <summary>Channels of one unit.</summary>
    public const int ChannelsPerUnit = 8;

    /// <summary>BTS85.</summary>
    public const int DeviceType = 27;

    public const int DeviceId = 21;

    private readonly SimulatedCycler _cycler;
    private readonly BtsChannel[] _channels;
    private readonly string _folder;
    private readonly string _folderAsSeen;
    private int _tests = 142;

    /// <param name="cycler">The cells; channel 1 is the first of unit 1.</param>
    /// <param name="folder">Where step files lie, as this process sees it.</param>
    /// <param name="folderAsSeen">The same folder as the box's PC calls it (<c>C:\bts</c>).</param>
    public BtsBox(SimulatedCycler cycler, string folder, string folderAsSeen)
    {
        ArgumentNullException.ThrowIfNull(cycler);
        _cycler = cycler;
        _channels = [.. cycler.Channels.Select(c => new BtsChannel(c))];
        _folder = folder;
        _folderAsSeen = folderAsSeen.TrimEnd('\\', '/');
    }

    /// <summary>The cells behind it; hold its gate.</summary>
    public SimulatedCycler Cycler => _cycler;

    internal int Count => _channels.Length;

    internal Lock Gate => _cycler.Gate;

    /// <summary>The channel at this place, brought up to the present; null where there is none.</summary>
    internal BtsChannel? Find(BtsAddress address)
    {
        var index = ((address.Unit - 1) * ChannelsPerUnit) + address.Channel - 1;
        if (address.DeviceType != DeviceType || address.DeviceId != DeviceId || address.Channel is < 1 or > ChannelsPerUnit || index < 0 || index >= _channels.Length)
        {
            return null;
        }

        _channels[index].BringUpTo(_cycler.NowNanoseconds);
        return _channels[index];
    }

    /// <summary>Opens the file on "its" disk and begins. A busy channel refuses, as careful drivers expect.</summary>
    internal bool Start(BtsAddress address, string path, string barcode)
    {
        if (Find(address) is not { IsBusy: false } channel || PathOf(path) is not { } file)
        {
            return false;
        }

        try
        {
            channel.Start(BtsStepFile.Read(file), ++_tests, barcode, _cycler.NowNanoseconds);
            return true;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            return false; // It never says why.
        }
    }

    internal bool Stop(BtsAddress address) => Find(address) is { } channel && channel.Stop(_cycler.NowNanoseconds);

    /// <summary>The supply of the hardware fails and comes back.</summary>
    internal void PowerCycle() => Array.ForEach(_channels, channel => channel.PowerCycle(_cycler.NowNanoseconds));

    /// <summary>The program was set up anew: it knows no test.</summary>
    internal void LoseRecord() => Array.ForEach(_channels, channel => channel.LoseRecord(_cycler.NowNanoseconds));

    internal void Pause(BtsAddress address) => Find(address)?.Pause(_cycler.NowNanoseconds);

    /// <summary>Only files directly in the shared folder.</summary>
    private string? PathOf(string path)
    {
        if (!path.StartsWith(_folderAsSeen, StringComparison.OrdinalIgnoreCase) || path.Length < _folderAsSeen.Length + 2)
        {
            return null;
        }

        var name = path[(_folderAsSeen.Length + 1)..];
        return name.AsSpan().IndexOfAny('\\', '/') >= 0 || name is "." or ".." ? null : Path.Combine(_folder, name);
    }
}

/// <summary>Where a channel is, as requests say it.</summary>
internal readonly record struct BtsAddress(string Ip, int DeviceType, int DeviceId, int Unit, int Channel);
