namespace CyclerControl.Instruments.Dialects.BioLogic.Library;

/// <summary>
/// The vendor's library (EClib) as it is: every function blocks, and returns 0 or a negative code of <see cref="EcError"/>. Channels count from 0.
/// </summary>
public interface IEcLib
{
    /// <param name="address"><c>192.168.0.1</c> or <c>USB0</c>.</param>
    /// <param name="timeoutSeconds">For the vendor's own connecting, s.</param>
    int Connect(string address, byte timeoutSeconds, out int id, out DeviceInfos infos);

    int Disconnect(int id);

    int TestConnection(int id);

    /// <param name="channels">One byte a channel; not 0: load.</param>
    /// <param name="results">One code a channel.</param>
    int LoadFirmware(int id, byte[] channels, int[] results, bool forceReload, string firmware, string xilinx);

    bool IsChannelPlugged(int id, byte channel);

    int GetChannelInfos(int id, byte channel, out ChannelInfos infos);

    /// <summary>The oldest of the channel's messages; null: none waits.</summary>
    int GetMessage(int id, byte channel, out string? message);

    int LoadTechnique(int id, byte channel, string file, EccParam[] parameters, bool first, bool last);

    int UpdateParameters(int id, byte channel, int technique, EccParam[] parameters, string file);

    int StartChannel(int id, byte channel);

    int StopChannel(int id, byte channel);

    int GetCurrentValues(int id, byte channel, out CurrentValues values);

    /// <summary>Takes a block out of the channel's memory.</summary>
    /// <param name="buffer">1000 words.</param>
    int GetData(int id, byte channel, uint[] buffer, out DataInfos infos, out CurrentValues values);

    int DefineBool(string label, bool value, int index, out EccParam parameter);

    int DefineSingle(string label, float value, int index, out EccParam parameter);

    int DefineInteger(string label, int value, int index, out EccParam parameter);

    /// <summary>The channel's own form of a number as a single.</summary>
    /// <param name="board">As <see cref="BoardType"/> says; 0: the first generation.</param>
    int ConvertNumeric(uint raw, uint board, out float value);

    /// <summary>1 essential, 2 premium, 3 digicore; 0 where the library is too old to say.</summary>
    int BoardType(int id, byte channel, out uint board);
}
