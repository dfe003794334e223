using CyclerControl.Core.Detection;
using CyclerControl.Core.Detection.Replay;
using CyclerControl.Core.Quantities;
using CyclerControl.Testing.NoiseRecords;

namespace CyclerControl.Core.Tests.Detection.Replay;

public sealed class RecordReplayTests
{
    private const double Set = 0.5e-3;
    private const double Ohms = 100;

    [Theory]
    [InlineData("1kHz", 5)]
    [InlineData("1Hz", 1)]
    public void Replay_NoiseRecord_FindsNothingAndFollowsItsSteps(string name, int leastHalfCycles)
    {
        var record = name == "1kHz" ? NoiseRecord.SolidStateAt1Kilohertz : NoiseRecord.NewareAt1Hertz;
        var rows = record.Steps.SelectMany(step => step).Select(s => new Measurement(s.TimeNanoseconds, s.Volts, s.Amperes)).ToList();

        var (traits, replay, found) = Records.Replay(rows);

        Assert.Empty(found);
        Assert.Equal(CellKind.Full, traits.Kind);
        Assert.InRange(replay.HalfCycles, leastHalfCycles, record.Steps.Count);
        Assert.InRange(replay.Segments, leastHalfCycles, record.Steps.Count + 1);
    }

    /// <summary>A sweep of ten minutes, whose current stands at some levels for a while, between the half-cycles of a healthy cell.</summary>
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void Replay_SweepsThatTheRecordNames_AreNotJudged(bool named, int leastFindings)
    {
        var writer = new RecordWriter().Add(120, 0, 0);
        for (var leg = 0; leg < 6; leg++)
        {
            var sign = leg % 2 == 0 ? -1 : 1;
            writer.Add(1800, sign * Set, sign * Set * Ohms);
            for (var tread = 0; tread < 6; tread++)
            {
                writer.Add(100, (tread - 2.5) * Set, (tread - 2.5) * Set * 2); // a reaction that carries fifty times as much
            }
        }

        var rows = writer.Rows.ToList();
        var (_, _, found) = Records.Replay(
            [.. rows.Select(r => r with { IsSwept = named && r.Amperes != 0 && Math.Abs(r.Amperes) * Ohms > 10 * Math.Abs(r.Volts) })], new CellSpec { Kind = CellKind.Symmetric });

        Assert.True(named ? found.Count == leastFindings : found.Count >= leastFindings, string.Join('\n', found));
    }

    [Theory]
    [InlineData(CurrentReading.AsWritten)]
    [InlineData(CurrentReading.Opposite)]
    [InlineData(CurrentReading.SignOfVoltage)]
    public void Replay_SymmetricCellThatShorts_IsFoundWhateverTheSignOfItsCurrent(CurrentReading reading)
    {
        var writer = new RecordWriter().Add(120, 0, 0);
        for (var leg = 0; leg < 6; leg++)
        {
            var sign = leg % 2 == 0 ? -1 : 1;
            writer.Add(1800, sign * Set, sign * Set * Ohms);
        }

        var onset = writer.Seconds + 600;
        writer.Add(600, -Set, -Set * Ohms).Add(100, -Set, -Set * 2);
        var rows = writer.Rows.Select(r => r with
        {
            Amperes = reading switch { CurrentReading.Opposite => -r.Amperes, CurrentReading.SignOfVoltage => Math.Abs(r.Amperes), _ => r.Amperes },
        }).ToList();

        var (traits, replay, found) = Records.Replay(rows);

        Assert.Equal((CellKind.Symmetric, reading), (traits.Kind, traits.Reading));
        Assert.Equal(7, replay.HalfCycles);
        var first = found[0];
        Assert.Equal((DetectionKind.HardShort, DetectionSeverity.Abort), (first.Kind, first.Severity));
        Assert.Equal(onset, first.OnsetSeconds, 6);
        Assert.Equal(onset + 1, first.TimeSeconds, 6);
        Assert.Equal(reading == CurrentReading.Opposite ? 1 : -1, Math.Sign(first.Amperes)); // as the file has it
    }

    [Fact]
    public void Replay_HalfCellWithCutOff_IsAHalfCell()
    {
        var writer = new RecordWriter().Add(100, 0, 2.2);
        for (var cycle = 0; cycle < 3; cycle++)
        {
            writer.Add(3600, -Set, -0.03).Add(60, 0, 0.001).Add(3400, _ => Set, age => 0.03 + (age > 3380 ? (age - 3380) * 0.05 : 0)).Add(60, 0, 0.7);
        }

        var (traits, _, found) = Records.Replay(writer.Rows);

        Assert.Equal(CellKind.Half, traits.Kind);
        Assert.Empty(found);
    }

    [Fact]
    public void Replay_FreshCollectorThatComesDownInManyRows_IsAHalfCell()
    {
        var writer = new RecordWriter().Add(100, 0, 2.5).Add(5000, _ => -Set, age => 2.5 * Math.Exp(-age / 1500)).Add(900, -Set, -0.03).Add(1800, Set, 0.03);

        var (traits, _, found) = Records.Replay(writer.Rows);

        Assert.Equal(CellKind.Half, traits.Kind);
        Assert.DoesNotContain(found, f => f.Severity != DetectionSeverity.Warn);
    }

    [Fact]
    public void Replay_FullCellWithHoldAndTaper_IsOneHoldAndNoFinding()
    {
        var writer = new RecordWriter().Add(300, 0, 3.3);
        for (var cycle = 0; cycle < 3; cycle++)
        {
            writer.Add(3600, _ => Set, age => 3.4 + (0.8 * age / 3600)).Add(1800, age => Set * Math.Exp(-age / 700), _ => 4.2).Add(300, 0, 4.15)
                .Add(3600, _ => -Set, age => 4.1 - (0.8 * age / 3600)).Add(300, 0, 3.4);
        }

        var (traits, replay, found) = Records.Replay(writer.Rows);

        Assert.Equal((CellKind.Full, CurrentReading.AsWritten), (traits.Kind, traits.Reading));
        Assert.Empty(found);
        Assert.Equal(6, replay.HalfCycles);
        Assert.Equal(1 + (3 * 5), replay.Segments); // rest; then charge, hold, rest, discharge, rest
    }

    [Fact]
    public void Replay_DischargePositiveInTheFile_IsTurnedByTheSlopeOfTheVoltage()
    {
        var writer = new RecordWriter();
        for (var cycle = 0; cycle < 3; cycle++)
        {
            writer.Add(3600, _ => -Set, age => 3.4 + (0.8 * age / 3600)).Add(3600, _ => Set, age => 4.1 - (0.8 * age / 3600));
        }

        Assert.Equal(CurrentReading.Opposite, Records.Replay(writer.Rows).Traits.Reading);
    }

    [Theory]
    [InlineData(1e-4)]
    [InlineData(1e-2)]
    [InlineData(3e-2)]
    public void Replay_NoisyCurrentWithBadRecords_IsOneSetpointPerStep(double currentNoise)
    {
        var writer = new RecordWriter { CurrentNoise = currentNoise };
        for (var leg = 0; leg < 4; leg++)
        {
            var sign = leg % 2 == 0 ? -1 : 1;
            writer.Add(900, sign * Set, sign * 0.05).Add(1, 0, sign * 0.05).Add(900, sign * Set, sign * 0.05).Add(1, sign * 3 * Set, sign * 0.05).Add(900, sign * Set, sign * 0.05);
        }

        var (_, replay, found) = Records.Replay(writer.Rows);

        Assert.Equal(4, replay.Segments);
        Assert.Equal(4, replay.HalfCycles);
        Assert.Empty(found);
    }

    [Fact]
    public void Replay_StepsOfTheSameSign_AreSetpointsOfOneHalfCycle()
    {
        var writer = new RecordWriter().Add(60, 0, 0);
        for (var level = 1; level <= 8; level++)
        {
            var amperes = level * 0.1e-3;
            writer.Add(600, amperes, amperes * Ohms);
        }

        var (_, replay, found) = Records.Replay(writer.Rows);

        Assert.Equal((9, 1), (replay.Segments, replay.HalfCycles));
        Assert.Empty(found);
    }

    [Fact]
    public void Replay_Spectrum_IsNoHalfCycle()
    {
        var writer = new RecordWriter().Add(60, 0, 0).Add(1800, -Set, -0.05)
            .Add(300, age => 0.1 * Set * Math.Sin(2.7 * age), age => 0.005 * Math.Sin(2.7 * age)).Add(1800, Set, 0.05);

        var (_, replay, found) = Records.Replay(writer.Rows);

        Assert.Equal(2, replay.HalfCycles);
        Assert.Empty(found);
    }

    [Fact]
    public void Replay_EventBasedRecord_SeesTheShort()
    {
        var rows = new List<Measurement> { new(0, 0, 0), new(Segments.Nanoseconds(60), 0.0001, 0) };
        var time = 120.0;
        var random = new Random(3);
        for (var leg = 0; leg < 4; leg++)
        {
            var sign = leg % 2 == 0 ? -1 : 1;
            for (var n = 0; n < 60; n++)
            {
                rows.Add(new Measurement(Segments.Nanoseconds(time), sign * (0.05 + (1e-4 * random.NextDouble())), sign * Set));
                time += n < 5 ? 1 : 20 + (80 * random.NextDouble()); // dense after the change, then when something moved
            }
        }

        var onset = time;
        rows.AddRange([.. Enumerable.Range(0, 60).Select(n => new Measurement(Segments.Nanoseconds(onset + (n * 30)), -0.05, -Set))]);
        onset = rows[^1].TimeNanoseconds * 1e-9 + 0.1;
        rows.AddRange([.. Enumerable.Range(0, 3).Select(n => new Measurement(Segments.Nanoseconds(onset + (n * 0.1)), -0.001, -Set))]);

        var (_, _, found) = Records.Replay(rows);

        var first = Assert.Single(found, f => f.Severity == DetectionSeverity.Abort);
        Assert.Equal(DetectionKind.HardShort, first.Kind);
        Assert.Equal(onset, first.OnsetSeconds, 6);
    }

    [Fact]
    public void Replay_LevelBelowTheFloor_IsSaidOnceAndOnlyThere()
    {
        var writer = new RecordWriter().Add(60, 0, 0);
        for (var leg = 0; leg < 6; leg++)
        {
            var sign = leg % 2 == 0 ? -1 : 1;
            writer.Add(600, sign * Set, sign * 0.4e-3);
        }

        var finding = Assert.Single(Records.Replay(writer.Rows).Found);
        Assert.Equal((DetectionKind.NotObservable, DetectionSeverity.Warn), (finding.Kind, finding.Severity));
    }

    [Fact]
    public void Replay_HundredThousandRows_AllocateNothingPerRow()
    {
        var writer = new RecordWriter(period: 0.1);
        for (var leg = 0; leg < 10; leg++)
        {
            var sign = leg % 2 == 0 ? -1 : 1;
            writer.Add(11_000, sign * Set, sign * 0.05);
        }

        var (traits, _, _) = Records.Replay(writer.Rows);
        var replay = new RecordReplay(new CellSpec(), traits);
        Feed(replay, writer.Rows, 0, 10_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Feed(replay, writer.Rows, 10_000, 110_000);

        Assert.Equal(0, (GC.GetAllocatedBytesForCurrentThread() - before) / 100_000);
    }

    private static void Feed(RecordReplay replay, List<Measurement> rows, int from, int to)
    {
        for (var n = from; n < to; n++)
        {
            replay.Add(rows[n]);
        }
    }
}
