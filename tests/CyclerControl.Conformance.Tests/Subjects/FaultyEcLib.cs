using CyclerControl.Instruments.Dialects.BioLogic.Library;

namespace CyclerControl.Conformance.Tests.Subjects;

/// <summary>What can happen to a call of the vendor's library.</summary>
public enum CallTrouble
{
    /// <summary>The instrument refuses.</summary>
    Refused,

    /// <summary>The question never arrives.</summary>
    Broken,

    /// <summary>The instrument does it, and its answer is lost.</summary>
    AnswerLost,

    /// <summary>The instrument does it, and the code is one that nobody knows.</summary>
    UnknownCode,

    /// <summary>It does not return for long, and has done nothing.</summary>
    Hangs,

    /// <summary>The instrument does it, and it does not return for long.</summary>
    HangsAfterwards,
}

/// <summary>The stand-in library, of which one call goes wrong. Conversions and definitions of parameters are no calls to the instrument, and not counted.</summary>
/// <param name="inner">The library.</param>
/// <param name="giveUp">Called where a call hangs, instead of waiting until its time is over.</param>
internal sealed class FaultyEcLib(IEcLib inner, Action? giveUp = null) : IEcLib, IDisposable
{
    private const int RefusedCode = -6;
    private const int BrokenCode = -200;
    private const int StrangeCode = -4711;
    private readonly ManualResetEventSlim _returns = new();

    public delegate void DataChange(uint[] buffer, ref DataInfos infos, ref CurrentValues values);

    /// <summary>Calls so far.</summary>
    public int Calls { get; private set; }

    /// <summary>The call, counted from 0, that goes wrong; null for none.</summary>
    public int? TroubledCall { get; set; }

    public CallTrouble Trouble { get; set; }

    /// <summary>Functions that answer a code, always, without the instrument hearing of it.</summary>
    public Dictionary<string, int> Codes { get; } = new(StringComparer.Ordinal);

    /// <summary>Called with each function's name before it is called.</summary>
    public Action<string>? Calling { get; set; }

    /// <summary>Rows that a call took out of the instrument, and whether they got here.</summary>
    public Action<int, bool>? Taken { get; set; }

    /// <summary>Changes what a block brings.</summary>
    public DataChange? Change { get; set; }

    public Random? Fuzz { get; set; }

    /// <summary>What hangs returns now.</summary>
    public void Return() => _returns.Set();

    public void Dispose()
    {
        _returns.Set();
        _returns.Dispose();
    }

    public int Connect(string address, byte timeoutSeconds, out int id, out DeviceInfos infos)
    {
        var (number, found) = (0, default(DeviceInfos));
        var code = Do("BL_Connect", () => inner.Connect(address, timeoutSeconds, out number, out found));
        (id, infos) = (number, found);
        return code;
    }

    public int Disconnect(int id) => Do("BL_Disconnect", () => inner.Disconnect(id));

    public int TestConnection(int id) => Do("BL_TestConnection", () => inner.TestConnection(id));

    public int LoadFirmware(int id, byte[] channels, int[] results, bool forceReload, string firmware, string xilinx) =>
        Do("BL_LoadFirmware", () => inner.LoadFirmware(id, channels, results, forceReload, firmware, xilinx));

    // It has no code: what goes wrong is that it says no.
    public bool IsChannelPlugged(int id, byte channel) =>
        Do("BL_IsChannelPlugged", () => inner.IsChannelPlugged(id, channel) ? 1 : 0) == 1;

    public int GetChannelInfos(int id, byte channel, out ChannelInfos infos)
    {
        ChannelInfos found = default;
        var code = Do("BL_GetChannelInfos", () => inner.GetChannelInfos(id, channel, out found));
        if (Strikes())
        {
            found.FirmwareCode = Odd(found.FirmwareCode);
            found.State = Odd(found.State);
            found.NumberOfTechniques = Odd(found.NumberOfTechniques);
            found.BoardSerialNumber = Odd(found.BoardSerialNumber);
            found.MaxCurrentRange = Odd(found.MaxCurrentRange);
        }

        infos = code < 0 ? default : found;
        return code;
    }

    public int GetMessage(int id, byte channel, out string? message)
    {
        string? found = null;
        var code = Do("BL_GetMessage", () => inner.GetMessage(id, channel, out found));
        message = Strikes() ? new string('\u00ff', Fuzz!.Next(4096)) : code < 0 ? null : found;
        return code;
    }

    public int LoadTechnique(int id, byte channel, string file, EccParam[] parameters, bool first, bool last) =>
        Do("BL_LoadTechnique", () => inner.LoadTechnique(id, channel, file, parameters, first, last));

    public int UpdateParameters(int id, byte channel, int technique, EccParam[] parameters, string file) =>
        Do("BL_UpdateParameters", () => inner.UpdateParameters(id, channel, technique, parameters, file));

    public int StartChannel(int id, byte channel) => Do("BL_StartChannel", () => inner.StartChannel(id, channel));

    public int StopChannel(int id, byte channel) => Do("BL_StopChannel", () => inner.StopChannel(id, channel));

    public int GetCurrentValues(int id, byte channel, out CurrentValues values)
    {
        CurrentValues found = default;
        var code = Do("BL_GetCurrentValues", () => inner.GetCurrentValues(id, channel, out found));
        if (Strikes())
        {
            found.State = Odd(found.State);
            found.Ewe = Odd(found.Ewe);
        }

        values = code < 0 ? default : found;
        return code;
    }

    public int GetData(int id, byte channel, uint[] buffer, out DataInfos infos, out CurrentValues values)
    {
        var (found, now) = (default(DataInfos), default(CurrentValues));
        var taken = 0;
        var code = Do("BL_GetData", () =>
        {
            var said = inner.GetData(id, channel, buffer, out found, out now);
            taken = said < 0 ? 0 : found.Rows;
            return said;
        });
        Change?.Invoke(buffer, ref found, ref now);
        if (Strikes())
        {
            found.Rows = Odd(found.Rows);
            found.Columns = Odd(found.Columns);
            found.TechniqueIndex = Odd(found.TechniqueIndex);
            found.TechniqueId = Odd(found.TechniqueId);
            found.ProcessIndex = Odd(found.ProcessIndex);
            found.Loop = Odd(found.Loop);
            found.IrqSkipped = Odd(found.IrqSkipped);
            found.StartTime = Odd((float)found.StartTime);
            now.TimeBase = Odd(now.TimeBase);
            now.State = Odd(now.State);
            buffer[Fuzz!.Next(buffer.Length)] = (uint)Fuzz.NextInt64(uint.MaxValue);
        }

        Taken?.Invoke(taken, code >= 0);
        (infos, values) = code < 0 ? (default, default) : (found, now);
        return code;
    }

    public int DefineBool(string label, bool value, int index, out EccParam parameter)
    {
        var code = inner.DefineBool(label, value, index, out parameter);
        return Codes.GetValueOrDefault("BL_DefineBoolParameter", code);
    }

    public int DefineSingle(string label, float value, int index, out EccParam parameter)
    {
        var code = inner.DefineSingle(label, value, index, out parameter);
        return Codes.GetValueOrDefault("BL_DefineSglParameter", code);
    }

    public int DefineInteger(string label, int value, int index, out EccParam parameter)
    {
        var code = inner.DefineInteger(label, value, index, out parameter);
        return Codes.GetValueOrDefault("BL_DefineIntParameter", code);
    }

    public int ConvertNumeric(uint raw, uint board, out float value)
    {
        var code = inner.ConvertNumeric(raw, board, out value);
        return Codes.GetValueOrDefault("BL_ConvertNumericIntoSingle", code);
    }

    public int BoardType(int id, byte channel, out uint board)
    {
        uint found = 0;
        var code = Do("BL_GetChannelBoardType", () => inner.BoardType(id, channel, out found));
        board = code < 0 ? 0 : found;
        return code;
    }

    private int Do(string function, Func<int> act)
    {
        var isTroubled = Calls++ == TroubledCall;
        if (Codes.TryGetValue(function, out var always))
        {
            return always;
        }

        if (!isTroubled)
        {
            Calling?.Invoke(function);
            var code = act();
            return Strikes() ? Odd(code) : code;
        }

        if (Trouble == CallTrouble.Hangs)
        {
            Hang();
        }

        if (Trouble is CallTrouble.AnswerLost or CallTrouble.UnknownCode or CallTrouble.HangsAfterwards)
        {
            Calling?.Invoke(function);
            _ = act();
        }

        if (Trouble == CallTrouble.HangsAfterwards)
        {
            Hang();
        }

        return Trouble switch
        {
            CallTrouble.Refused => RefusedCode,
            CallTrouble.UnknownCode => StrangeCode,
            _ => BrokenCode,
        };
    }

    private void Hang()
    {
        giveUp?.Invoke();
        _returns.Wait();
    }

    private bool Strikes() => Fuzz is { } random && random.Next(12) == 0;

    private int Odd(int value) => Fuzz!.Next(3) != 0 ? value : Fuzz.Next(6) switch
    {
        0 => int.MaxValue,
        1 => int.MinValue,
        2 => -1,
        3 => value + 1,
        4 => Fuzz.Next(-500, 500),
        _ => 0,
    };

    private float Odd(float value) => Fuzz!.Next(3) != 0 ? value : Fuzz.Next(5) switch
    {
        0 => float.NaN,
        1 => float.PositiveInfinity,
        2 => float.MaxValue,
        3 => -value,
        _ => 0,
    };
}
