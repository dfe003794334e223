using CyclerControl.Conformance.Tests.Subjects;
using CyclerControl.Core.Channels;

namespace CyclerControl.Conformance.Tests;

/// <summary>What is said with every instrument: open, prepare, charge, sample, change range and sign, hold, its own buffer, off, release.</summary>
internal static class Conversation
{
    public const double Seconds = 5;

    public static Setpoint Current(double amperes, double min = -1, double max = 1) => new(OutputMode.Current, amperes, 0, min, max, null);

    public static Setpoint Hold(double volts, double atMost) => new(OutputMode.Voltage, 0, volts, -1, 1, atMost);

    /// <summary>The channel that the suite uses.</summary>
    public static ISetpointChannel First(this IInstrument instrument) => (ISetpointChannel)instrument.Channels[0];

    /// <param name="channel">Open and in its safe state.</param>
    /// <param name="readings">What was read, beside what was true at that moment.</param>
    public static void Carry(IConformanceSubject subject, ISetpointChannel channel, List<(Reading Read, double Volts, double Amperes)> readings)
    {
        var lowest = subject.Capabilities.CurrentRanges[0].MaxAmperes;
        channel.Prepare();
        channel.Apply(Current(0.5 * lowest));
        Sample(subject, channel, readings);
        channel.Apply(Current(-0.4 * subject.Capabilities.CurrentRanges[Math.Min(1, subject.Capabilities.CurrentRanges.Length - 1)].MaxAmperes));
        Sample(subject, channel, readings);
        if (subject.Capabilities.HoldsVoltage)
        {
            channel.Apply(Hold(0.02, lowest));
            Sample(subject, channel, readings);
            channel.Apply(Current(0.25 * lowest));
        }

        if (subject.Capabilities.Buffered is { } buffered)
        {
            var block = (IBufferedChannel)channel;
            block.StartBuffer(buffered.Fastest.TotalSeconds);
            subject.Truth.Pass(0.01);
            _ = block.Fetch(new BufferedReading[buffered.Capacity]);
            block.StopBuffer();
        }

        channel.Apply(new Setpoint(OutputMode.Rest, 0, 0, -1, 1, null));
        channel.OutputOff();
        channel.Release();
    }

    /// <summary>An instrument that has been opened, on a sound wire.</summary>
    public static IInstrument Opened(IConformanceSubject subject, InstrumentIdentity? expected = null)
    {
        var instrument = subject.Connect();
        _ = instrument.Initialize(expected);
        return instrument;
    }

    private static void Sample(IConformanceSubject subject, ISetpointChannel channel, List<(Reading Read, double Volts, double Amperes)> readings)
    {
        subject.Truth.Pass(Seconds);
        var reading = channel.Read();
        readings.Add((reading, subject.Truth.Volts, subject.Truth.Amperes));
    }
}
