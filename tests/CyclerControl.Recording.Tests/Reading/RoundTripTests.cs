using CyclerControl.Core.Runs;
using CyclerControl.Recording.Reading;
using CyclerControl.Recording.Writing;

namespace CyclerControl.Recording.Tests.Reading;

public sealed class RoundTripTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Samples_AnyRows_ReadBackBitByBit(int seed)
    {
        var random = new Random(seed);
        var written = new List<SampleRow>();
        using var recorder = new Recorder(new ManualTime()).Open(temporary.NewRun(seed), Rows.Header(), new RecorderOptions());
        var row = default(SampleRow);
        for (var n = 0; n < 3000; n++)
        {
            row = Next(random, row);
            written.Add(row);
            recorder.Append(in row);
        }

        Assert.True(recorder.Flush());
        using var reader = RunFileReader.Open(recorder.RunFilePath);
        Assert.Equal(written.Select(Bits), reader.EnumerateSamples().Select(Bits));
    }

    [Fact]
    public void Samples_PausedStep_KeepsStepTimeAndCharge()
    {
        using var recorder = new Recorder(new ManualTime()).Open(temporary.NewRun(), Rows.Header(), new RecorderOptions());
        SampleRow[] rows =
        [
            Rows.Row(21),
            Rows.Row(22),
            Rows.Row(23) with { TimeNanoseconds = 100 * Nanoseconds.PerSecond },
            Rows.Row(24) with { TimeNanoseconds = 101 * Nanoseconds.PerSecond },
        ];
        foreach (var row in rows)
            recorder.Append(in row);
        Assert.True(recorder.Flush());
        using var reader = RunFileReader.Open(recorder.RunFilePath);
        Assert.Equal(rows.Select(Bits), reader.EnumerateSamples().Select(Bits));
    }

    /// <summary>Most fields stay as they were from row to row, as in a run; some change to any double that there is.</summary>
    private static SampleRow Next(Random random, SampleRow last)
    {
        double Any(double before) => random.Next(4) == 0 ? before : Double(random);
        var newStep = random.Next(20) == 0;
        return new SampleRow(
            last.TimeNanoseconds + random.NextInt64(Nanoseconds.PerSecond),
            Any(last.Volts),
            Any(last.Amperes),
            random.Next(3) == 0 ? null : Any(last.Celsius ?? 0),
            random.Next(10) == 0 ? last.StepTimeNanoseconds : last.StepTimeNanoseconds + random.NextInt64(Nanoseconds.PerSecond),
            last.StepCount + (newStep ? 1 : 0),
            newStep ? random.Next(100) : last.StepId,
            newStep ? random.Next(1000) : last.Cycle,
            newStep ? random.Next(1000) : last.HalfCycle,
            Any(last.ChargingAmpHours),
            Any(last.DischargingAmpHours),
            Any(last.ChargingWattHours),
            Any(last.DischargingWattHours),
            Any(last.StepChargingAmpHours),
            Any(last.StepDischargingAmpHours),
            (RowReason)random.Next(4));
    }

    private static double Double(Random random)
    {
        while (true)
        {
            var value = random.Next(5) switch
            {
                0 => random.Next(-5, 5),
                1 => random.NextDouble(),
                _ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
            };
            if (!double.IsNaN(value))
                return value;
        }
    }

    private static (SampleRow, long, long, long) Bits(SampleRow row) => (
        row,
        BitConverter.DoubleToInt64Bits(row.Volts),
        BitConverter.DoubleToInt64Bits(row.ChargingAmpHours),
        BitConverter.DoubleToInt64Bits(row.StepChargingAmpHours));
}
