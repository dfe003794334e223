using System.Collections.Immutable;
using System.Globalization;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.BioLogic.Library;
using CyclerControl.Instruments.Profiles;

namespace CyclerControl.Instruments.Dialects.BioLogic;

/// <summary>A BioLogic instrument over the vendor's library. What runs on it goes on without us. Called on the link's own thread.</summary>
internal sealed class BioLogicInstrument : IInstrument
{
    private const int Places = 16;
    private static readonly TimeSpan s_firmwareTime = TimeSpan.FromSeconds(60);

    private readonly EcLabConversation _conversation;
    private readonly DeviceInfos _device;
    private readonly HardwareProfile _profile;
    private readonly EcLabFamily _family;
    private readonly string _files;
    private readonly ImmutableArray<BioLogicChannel> _channels;
    private InstrumentIdentity? _identity;

    /// <param name="profile">Of adapter <see cref="ProfileAdapter.BioLogic"/>.</param>
    /// <param name="conversation">Connected.</param>
    /// <param name="device">What the library said on connecting.</param>
    /// <param name="files">Folder of firmware and techniques.</param>
    /// <param name="executions">By place of the channel; kept by the link from connection to connection.</param>
    public BioLogicInstrument(
        HardwareProfile profile, EcLabConversation conversation, in DeviceInfos device, string files, IReadOnlyList<EcLabExecution> executions)
    {
        _profile = profile;
        _conversation = conversation;
        _device = device;
        _files = files;
        _family = profile.BioLogic?.Family ?? throw new ArgumentException($"profile {profile.Name} is not one of BioLogic", nameof(profile));
        _channels =
        [
            .. profile.ChannelNumbers.Select((number, index) => new BioLogicChannel(
                new ChannelId(conversation.Instrument, number), index, profile.Capabilities, conversation, _family, files, executions[index])),
        ];
        Channels = _channels;
    }

    public string Name => _conversation.Instrument;

    public InstrumentIdentity Identity => _identity ?? throw new InvalidOperationException("the instrument is not initialized");

    public IReadOnlyList<IInstrumentChannel> Channels { get; }

    public bool Initialize(InstrumentIdentity? expected)
    {
        if (EcLabFamilies.Device(_device.DeviceCode) is not { } known || known.Family != _family)
        {
            var what = EcLabFamilies.Device(_device.DeviceCode)?.Model ?? string.Create(CultureInfo.InvariantCulture, $"a device with code {_device.DeviceCode}");
            throw Wrong($"{what} answered, and profile {_profile.Name} is for the {_family} family; nothing was written to it");
        }

        var plugged = Plugged();
        var infos = plugged.ToDictionary(index => index, index => _channels[index].Infos());
        var serial = infos.Count == 0 ? null : infos[plugged[0]].BoardSerialNumber.ToString(CultureInfo.InvariantCulture);
        var identity = new InstrumentIdentity("BioLogic", known.Model, serial, _device.FirmwareVersion.ToString(CultureInfo.InvariantCulture));
        if (expected is not null && identity != expected)
        {
            throw Wrong($"expected {expected}, found {identity}; nothing was written to it");
        }

        _identity = identity;

        // A channel that runs techniques keeps what it has; one that runs something else is left alone, and refuses to start.
        var without = plugged.Where(index => infos[index].FirmwareCode != EcLabFamilies.KernelFirmware && infos[index].State == 0).ToArray();
        if (without.Length > 0)
        {
            LoadFirmware(without);
        }

        return without.Length > 0;
    }

    public void SafeState()
    {
        // Nothing is written: the channels go on under the times and tests of their techniques.
    }

    public void KeepAlive() => _conversation.Must("BL_TestConnection", library => library.TestConnection(_conversation.Id));

    public bool TryReadAll(ReadOnlySpan<int> channels, Span<Reading> readings) => false;

    public IReadOnlyList<string> LastExchanges() => _conversation.LastExchanges();

    public void Dispose()
    {
        try
        {
            _ = _conversation.Call("BL_Disconnect", library => library.Disconnect(_conversation.Id), evenIfBroken: true);
        }
        catch (LinkFaultException)
        {
            // The connection is being given up anyway.
        }
    }

    /// <summary>The question has no code: a no may be a broken connection. It is asked twice, and the connection is tried.</summary>
    private List<int> Plugged()
    {
        var plugged = new List<int>();
        for (var index = 0; index < _channels.Length; index++)
        {
            if (IsPlugged(index) || IsPlugged(index))
            {
                plugged.Add(index);
            }
        }

        if (plugged.Count < _channels.Length)
        {
            KeepAlive();
        }

        return plugged;
    }

    private bool IsPlugged(int index)
    {
        var isPlugged = false;
        _ = _conversation.Call(
            $"BL_IsChannelPlugged({index})",
            library =>
            {
                isPlugged = library.IsChannelPlugged(_conversation.Id, (byte)index);
                return 0;
            });
        return isPlugged;
    }

    private void LoadFirmware(int[] indices)
    {
        var (kernel, xilinx) = EcLabFamilies.Firmware(_family);
        var channels = new byte[Places];
        var results = new int[Places];
        foreach (var index in indices)
        {
            channels[index] = 1;
        }

        _conversation.Must(
            $"BL_LoadFirmware({kernel})",
            library => library.LoadFirmware(_conversation.Id, channels, results, forceReload: false, _files + kernel, _files + xilinx),
            longest: s_firmwareTime);
        foreach (var index in indices)
        {
            if (results[index] < 0)
            {
                throw _conversation.Refused($"BL_LoadFirmware({kernel})", results[index], _channels[index].Id);
            }
        }
    }

    private WrongInstrumentException Wrong(string message) => new($"{Name}: {message}") { Instrument = Name, LastExchanges = LastExchanges() };
}
