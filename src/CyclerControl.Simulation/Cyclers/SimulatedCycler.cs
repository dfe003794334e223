using System.Collections.Immutable;
using CyclerControl.Core.Channels;
using CyclerControl.Simulation.Cells;
using CyclerControl.Simulation.Shorts;

namespace CyclerControl.Simulation.Cyclers;

/// <summary>
/// A cycler without a wire. It owns no timer and no thread: whoever holds <see cref="Gate"/> reads the clock and brings the channels that it
/// names up to the present.
/// </summary>
public sealed class SimulatedCycler
{
    private readonly IClock _clock;
    private bool _poweredOn = true;

    /// <param name="cells">Channel 1 is the first.</param>
    /// <param name="truth">Null where nobody wants to know.</param>
    /// <param name="injection">Shorts on a schedule; null: none but those of the cells themselves.</param>
    public SimulatedCycler(
        IClock clock, IEnumerable<SimulatedCell> cells, CyclerModel model, string serialNumber, TruthLog? truth, ShortInjection? injection = null)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(cells);
        _clock = clock;
        Model = model;
        SerialNumber = serialNumber;
        Truth = truth;
        var now = clock.NowNanoseconds;
        Channels = [.. cells.Select((cell, index) => new SimulatedChannel(index + 1, cell, model, truth, now, injection))];
    }

    /// <summary>Held by every client for the length of one message.</summary>
    public Lock Gate { get; } = new();

    public CyclerModel Model { get; }

    public string SerialNumber { get; }

    public TruthLog? Truth { get; }

    public ImmutableArray<SimulatedChannel> Channels { get; }

    public long NowNanoseconds => _clock.NowNanoseconds;

    /// <summary>The date of a moment on its clock.</summary>
    public DateTimeOffset DateOf(long nanoseconds) => _clock.Origin.AddTicks(nanoseconds / 100);

    public bool Has(int number) => number >= 1 && number <= Channels.Length;

    /// <summary>The channel, brought up to the present, its watchdog reset.</summary>
    /// <param name="number">From 1.</param>
    public SimulatedChannel Touch(int number)
    {
        var channel = Channels[number - 1];
        channel.Touch(_clock.NowNanoseconds);
        return channel;
    }

    /// <summary>True once after power was switched on.</summary>
    public bool ReadPowerOn()
    {
        var value = _poweredOn;
        _poweredOn = false;
        return value;
    }

    /// <summary>All channels to the present, without counting as traffic: truth is complete up to now.</summary>
    public void BringUpToNow()
    {
        lock (Gate)
        {
            foreach (var channel in Channels)
            {
                channel.BringUpTo(_clock.NowNanoseconds);
            }
        }
    }

    /// <summary>Power comes back: outputs off, defaults, and the power-on flag set.</summary>
    public void PowerCycle()
    {
        lock (Gate)
        {
            ResetAll();
            foreach (var channel in Channels)
            {
                channel.ClearTrip();
            }

            _poweredOn = true;
        }
    }

    /// <summary>Every output off, every setting to its default. The caller holds <see cref="Gate"/>.</summary>
    public void ResetAll()
    {
        foreach (var channel in Channels)
        {
            channel.BringUpTo(_clock.NowNanoseconds);
            channel.Reset();
        }
    }
}
