using System.Collections.Immutable;
using CyclerControl.Core.Channels;
using CyclerControl.Simulation.Cells;
using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.BioLogic;

/// <summary>
/// A BioLogic instrument as its library shows it, function by function, with codes of errors. It owns no timer and no thread. What a real one does
/// and is not documented is made up, and docs/biologic.md says where.
/// </summary>
public sealed class SimulatedEcLab
{
    private const int NoChannel = -3;
    private readonly IClock _clock;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Code, int Times)> _failures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ManualResetEventSlim> _hangs = new(StringComparer.Ordinal);

    /// <param name="deviceCode">5 is a VMP3, 16 an SP-300.</param>
    /// <param name="isSp300">Which family.</param>
    /// <param name="cells">Channel 0 is the first.</param>
    /// <param name="memoryRows">Rows that a channel keeps while nobody reads them.</param>
    public SimulatedEcLab(
        IClock clock, int deviceCode, bool isSp300, IEnumerable<SimulatedCell> cells, NoiseParameters? noise = null, int memoryRows = 1_000_000)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(cells);
        _clock = clock;
        DeviceCode = deviceCode;
        IsSp300 = isSp300;
        Channels = [.. cells.Select(cell => new SimulatedEcLabChannel(cell, isSp300, noise ?? new NoiseParameters(), memoryRows, Now))];
    }

    public int DeviceCode { get; set; }

    public bool IsSp300 { get; }

    public int BoardSerialNumber { get; set; } = 4711;

    /// <summary>Techniques that a channel's memory holds.</summary>
    public int MostTechniques { get; set; } = int.MaxValue;

    /// <summary>What it takes of an update of parameters, which it answers well in any case; null: all of it.</summary>
    public Func<IReadOnlyList<EcLabParameter>, IEnumerable<EcLabParameter>>? Takes { get; set; }

    public int BoardType => IsSp300 ? 2 : 0;

    public ImmutableArray<SimulatedEcLabChannel> Channels { get; }

    private double Now => _clock.NowNanoseconds * 1e-9;

    /// <summary>The next so many calls of a function answer this code.</summary>
    public void Fail(string function, int code, int times = 1) => _failures[function] = (code, times);

    /// <summary>The next call of a function does not return before this is set.</summary>
    public void Hang(string function, ManualResetEventSlim until) => _hangs[function] = until;

    /// <summary>Rows that were not read yet are lost, as when nobody has read for too long.</summary>
    public void Lose(int channel, int rows) => On("", channel, c => c.Memory.Lose(rows));

    /// <summary>A metal path grows through the cell of a channel.</summary>
    public void PlantShort(int channel, double ohms) => On("", channel, c => c.Cell.PlantShort(c.TrueAmperes, ohms));

    /// <summary>The supply fails: what runs ends, and the firmware is gone.</summary>
    public void PowerCycle()
    {
        lock (_gate)
        {
            foreach (var channel in Channels)
            {
                channel.BringUpTo(Now);
                channel.LosePower();
            }
        }
    }

    /// <summary>Somebody pauses a channel at the instrument.</summary>
    public void Pause(int channel) => On("", channel, c => c.Pause());

    /// <summary>From now on a channel says that it has this firmware and this state, true or not; null: the true ones.</summary>
    public void Pretend(int channel, int? firmware, int? state) => Channels[channel].Says = (firmware, state);

    public int Connect() => Meets("BL_Connect");

    public int Test() => Meets("BL_TestConnection");

    public bool IsPlugged(int channel) => channel >= 0 && channel < Channels.Length;

    public int LoadFirmware(int channel, string kernel)
    {
        if (kernel.Replace('\\', '/').Split('/')[^1] != (IsSp300 ? "kernel4.bin" : "kernel.bin"))
        {
            return -309;
        }

        return On("BL_LoadFirmware", channel, c => c.HasKernel = true);
    }

    /// <param name="infos">Firmware (5 or 0), state, techniques.</param>
    public int Infos(int channel, out (int Firmware, int State, int Techniques) infos)
    {
        var found = (0, 0, 0);
        var code = On("BL_GetChannelInfos", channel, c => found = (c.Says.Firmware ?? (c.HasKernel ? 5 : 0), c.State, c.TechniqueCount));
        infos = found;
        return code;
    }

    public int LoadTechnique(int channel, string file, IReadOnlyList<EcLabParameter> parameters, bool first) =>
        Do("BL_LoadTechnique", channel, c => !c.HasKernel ? -308 : !first && c.TechniqueCount >= MostTechniques ? -405 : c.Load(file, parameters, first));

    public int Update(int channel, int technique, IReadOnlyList<EcLabParameter> parameters) =>
        Do("BL_UpdateParameters", channel, c => c.Update(technique, [.. Takes?.Invoke(parameters) ?? parameters]));

    public int Start(int channel) => Do("BL_StartChannel", channel, c => c.HasKernel ? c.Start() : -308);

    public int Stop(int channel) => On("BL_StopChannel", channel, c => c.Stop("stopped from outside"));

    public int Read(int channel, out EcLabReading reading)
    {
        EcLabReading found = default;
        var code = On("BL_GetCurrentValues", channel, c => found = c.Read());
        reading = found;
        return code;
    }

    /// <param name="buffer">1000 words.</param>
    public int Data(int channel, uint[] buffer, out EcLabBlock block, out EcLabReading reading)
    {
        (EcLabBlock Block, EcLabReading Reading) found = default;
        var code = On("BL_GetData", channel, c => found = (c.Memory.Take(buffer), c.Read()));
        (block, reading) = found;
        return code;
    }

    public int Message(int channel, out string? message)
    {
        string? found = null;
        var code = On("BL_GetMessage", channel, c => _ = c.Messages.TryDequeue(out found));
        message = found;
        return code;
    }

    private int On(string function, int channel, Action<SimulatedEcLabChannel> act) => Do(function, channel, c =>
    {
        act(c);
        return 0;
    });

    private int Do(string function, int channel, Func<SimulatedEcLabChannel, int> act)
    {
        if (Meets(function) is var failure and < 0)
        {
            return failure;
        }

        lock (_gate)
        {
            if (!IsPlugged(channel))
            {
                return NoChannel;
            }

            Channels[channel].BringUpTo(Now);
            return act(Channels[channel]);
        }
    }

    private int Meets(string function)
    {
        if (_hangs.Remove(function, out var until))
        {
            until.Wait();
        }

        if (!_failures.TryGetValue(function, out var failure))
        {
            return 0;
        }

        if (failure.Times <= 1)
        {
            _ = _failures.Remove(function);
        }
        else
        {
            _failures[function] = (failure.Code, failure.Times - 1);
        }

        return failure.Code;
    }
}
