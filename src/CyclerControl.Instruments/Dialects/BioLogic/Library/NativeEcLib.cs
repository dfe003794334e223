using System.Runtime.InteropServices;
using System.Text;
using CyclerControl.Core.Channels;

namespace CyclerControl.Instruments.Dialects.BioLogic.Library;

/// <summary>The library at a path, loaded into this process. It is never unloaded: a call may hang in it.</summary>
public sealed class NativeEcLib : IEcLib
{
    private const int ChannelsOfADevice = 16;
    private const int LongestMessage = 4096;

    private readonly EcLibDelegates.Connect _connect;
    private readonly EcLibDelegates.OnDevice _disconnect;
    private readonly EcLibDelegates.OnDevice _testConnection;
    private readonly EcLibDelegates.LoadFirmware _loadFirmware;
    private readonly EcLibDelegates.IsChannelPlugged _isChannelPlugged;
    private readonly EcLibDelegates.GetChannelInfos _getChannelInfos;
    private readonly EcLibDelegates.GetMessage _getMessage;
    private readonly EcLibDelegates.LoadTechnique _loadTechnique;
    private readonly EcLibDelegates.UpdateParameters _updateParameters;
    private readonly EcLibDelegates.OnChannel _startChannel;
    private readonly EcLibDelegates.OnChannel _stopChannel;
    private readonly EcLibDelegates.GetCurrentValues _getCurrentValues;
    private readonly EcLibDelegates.GetData _getData;
    private readonly EcLibDelegates.DefineBool _defineBool;
    private readonly EcLibDelegates.DefineSingle _defineSingle;
    private readonly EcLibDelegates.DefineInteger _defineInteger;
    private readonly EcLibDelegates.ConvertNumeric _convertNumeric;
    private readonly EcLibDelegates.ConvertChannelNumeric? _convertChannelNumeric;
    private readonly EcLibDelegates.BoardType? _boardType;

    private NativeEcLib(IntPtr library)
    {
        _connect = Get<EcLibDelegates.Connect>(library, "BL_Connect");
        _disconnect = Get<EcLibDelegates.OnDevice>(library, "BL_Disconnect");
        _testConnection = Get<EcLibDelegates.OnDevice>(library, "BL_TestConnection");
        _loadFirmware = Get<EcLibDelegates.LoadFirmware>(library, "BL_LoadFirmware");
        _isChannelPlugged = Get<EcLibDelegates.IsChannelPlugged>(library, "BL_IsChannelPlugged");
        _getChannelInfos = Get<EcLibDelegates.GetChannelInfos>(library, "BL_GetChannelInfos");
        _getMessage = Get<EcLibDelegates.GetMessage>(library, "BL_GetMessage");
        _loadTechnique = Get<EcLibDelegates.LoadTechnique>(library, "BL_LoadTechnique");
        _updateParameters = Get<EcLibDelegates.UpdateParameters>(library, "BL_UpdateParameters");
        _startChannel = Get<EcLibDelegates.OnChannel>(library, "BL_StartChannel");
        _stopChannel = Get<EcLibDelegates.OnChannel>(library, "BL_StopChannel");
        _getCurrentValues = Get<EcLibDelegates.GetCurrentValues>(library, "BL_GetCurrentValues");
        _getData = Get<EcLibDelegates.GetData>(library, "BL_GetData");
        _defineBool = Get<EcLibDelegates.DefineBool>(library, "BL_DefineBoolParameter");
        _defineSingle = Get<EcLibDelegates.DefineSingle>(library, "BL_DefineSglParameter");
        _defineInteger = Get<EcLibDelegates.DefineInteger>(library, "BL_DefineIntParameter");
        _convertNumeric = Get<EcLibDelegates.ConvertNumeric>(library, "BL_ConvertNumericIntoSingle");
        _convertChannelNumeric = Find<EcLibDelegates.ConvertChannelNumeric>(library, "BL_ConvertChannelNumericIntoSingle");
        _boardType = Find<EcLibDelegates.BoardType>(library, "BL_GetChannelBoardType");
    }

    /// <exception cref="InstrumentException">No such file, not for this system, or not EClib; the message says which and what to do.</exception>
    public static NativeEcLib Load(string path)
    {
        IntPtr library;
        try
        {
            library = NativeLibrary.Load(path);
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            var system = OperatingSystem.IsWindows() ? "" : " The vendor makes it for Windows only: run CyclerControl on a Windows computer beside the instrument.";
            var what = File.Exists(path) ? "is not a library that this process can load" : "is not there";
            throw new InstrumentException(
                $"the library '{path}' {what}; name EClib64.dll of the vendor's development package, and leave its other files beside it.{system}", failure);
        }

        try
        {
            return new NativeEcLib(library);
        }
        catch (EntryPointNotFoundException failure)
        {
            throw new InstrumentException($"'{path}' is not EClib ({failure.Message.TrimEnd('.')}); name EClib64.dll of the vendor's development package", failure);
        }
    }

    public int Connect(string address, byte timeoutSeconds, out int id, out DeviceInfos infos) => _connect(Text(address), timeoutSeconds, out id, out infos);

    public int Disconnect(int id) => _disconnect(id);

    public int TestConnection(int id) => _testConnection(id);

    public int LoadFirmware(int id, byte[] channels, int[] results, bool forceReload, string firmware, string xilinx)
    {
        if (channels.Length != ChannelsOfADevice || results.Length != ChannelsOfADevice)
        {
            throw new ArgumentException($"a device has {ChannelsOfADevice} places", nameof(channels));
        }

        return _loadFirmware(id, channels, results, ChannelsOfADevice, 0, Byte(forceReload), Text(firmware), Text(xilinx));
    }

    public bool IsChannelPlugged(int id, byte channel) => _isChannelPlugged(id, channel) != 0;

    public int GetChannelInfos(int id, byte channel, out ChannelInfos infos) => _getChannelInfos(id, channel, out infos);

    public int GetMessage(int id, byte channel, out string? message)
    {
        var text = new byte[LongestMessage];
        var size = (uint)text.Length;
        var code = _getMessage(id, channel, text, ref size);
        var end = text.AsSpan(0, (int)Math.Min(size, LongestMessage)).IndexOf((byte)0);
        var length = end < 0 ? (int)Math.Min(size, LongestMessage) : end;
        message = code == 0 && length > 0 ? Encoding.Latin1.GetString(text, 0, length) : null;
        return code;
    }

    public int LoadTechnique(int id, byte channel, string file, EccParam[] parameters, bool first, bool last) =>
        WithPinned(parameters, list => _loadTechnique(id, channel, Text(file), list, Byte(first), Byte(last), 0));

    public int UpdateParameters(int id, byte channel, int technique, EccParam[] parameters, string file) =>
        WithPinned(parameters, list => _updateParameters(id, channel, technique, list, Text(file)));

    public int StartChannel(int id, byte channel) => _startChannel(id, channel);

    public int StopChannel(int id, byte channel) => _stopChannel(id, channel);

    public int GetCurrentValues(int id, byte channel, out CurrentValues values) => _getCurrentValues(id, channel, out values);

    public int GetData(int id, byte channel, uint[] buffer, out DataInfos infos, out CurrentValues values) =>
        buffer.Length >= RecordBlock.Words ? _getData(id, channel, buffer, out infos, out values) : throw new ArgumentException("too short", nameof(buffer));

    public int DefineBool(string label, bool value, int index, out EccParam parameter)
    {
        parameter = default;
        return _defineBool(Text(label), Byte(value), index, ref parameter);
    }

    public int DefineSingle(string label, float value, int index, out EccParam parameter)
    {
        parameter = default;
        return _defineSingle(Text(label), value, index, ref parameter);
    }

    public int DefineInteger(string label, int value, int index, out EccParam parameter)
    {
        parameter = default;
        return _defineInteger(Text(label), value, index, ref parameter);
    }

    public int ConvertNumeric(uint raw, uint board, out float value) =>
        board != 0 && _convertChannelNumeric is { } newer ? newer(raw, out value, board) : _convertNumeric(raw, out value);

    public int BoardType(int id, byte channel, out uint board)
    {
        board = 0;
        return _boardType?.Invoke(id, channel, out board) ?? 0;
    }

    private static int WithPinned(EccParam[] parameters, Func<EccParams, int> call)
    {
        var pinned = GCHandle.Alloc(parameters, GCHandleType.Pinned);
        try
        {
            return call(new EccParams { Length = parameters.Length, Parameters = pinned.AddrOfPinnedObject() });
        }
        finally
        {
            pinned.Free();
        }
    }

    private static T Get<T>(IntPtr library, string name) =>
        Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));

    private static T? Find<T>(IntPtr library, string name)
        where T : class =>
        NativeLibrary.TryGetExport(library, name, out var address) ? Marshal.GetDelegateForFunctionPointer<T>(address) : null;

    private static byte[] Text(string text) => Encoding.Latin1.GetBytes(text + '\0');

    private static byte Byte(bool value) => value ? (byte)1 : (byte)0;
}
