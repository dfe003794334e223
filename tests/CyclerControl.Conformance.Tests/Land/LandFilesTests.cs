using CyclerControl.Instruments.Dialects.Land;
using CyclerControl.Simulation;
using CyclerControl.Simulation.Cyclers;
using CyclerControl.Simulation.Land;
using CyclerControl.Simulation.Wire;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Conformance.Tests.Land;

/// <summary>What the simulated vendor's software writes, followed by our reader while it grows. Neither shares a line with the other.</summary>
public sealed class LandFilesTests : IDisposable
{
    private const string Recipe = "rest 1 min; dchg 0.5 mA 10 min; chg 0.5 mA 10 min to 0.2 V; loop 2 3";
    private readonly string _folder = Directory.CreateTempSubdirectory("land conformance ").FullName;
    private readonly ManualClock _clock = new();
    private SimulatedCycler? _cycler;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Cex", "Cex")]
    [InlineData("Csv", "LandtCsv")]
    [InlineData("Txt", "LandtTxt")]
    public void File_FollowedWhileItGrows_HasTheChargeOfTheCell(string kind, string format)
    {
        using var software = Start(kind);
        var found = new LandFolder(_folder, Enum.Parse<LandFormat>(format)).Newest(12);
        Assert.Equal(software.Files[0], found.Path);
        var rows = Follow(software, found.Path!, Enum.Parse<LandFormat>(format));

        Assert.Equal([1, 2, 3, 2, 3, 2, 3], Ends(rows).Select(row => row.Step));
        Assert.Equal([1, 1, 1, 2, 2, 3, 3], Ends(rows).Select(row => row.Pass));
        Assert.Equal([LandMode.Rest, LandMode.Discharge, LandMode.Charge], rows.Select(row => row.Mode).Distinct());
        Assert.Equal(Enumerable.Range(1, rows.Count), rows.Select(row => (int)row.Number));
        var charge = _cycler!.Channels[0].Charge;
        Assert.Equal(charge.ThroughputAmpHours, Ends(rows).Sum(row => row.StepAmpHours!.Value), charge.ThroughputAmpHours * 1e-6);
        Assert.Equal(charge.NetAmpHours, Ends(rows).Sum(row => Math.Sign(row.Amperes) * row.StepAmpHours!.Value), charge.ThroughputAmpHours * 1e-6);
        Assert.All(rows.Where(row => row.Mode == LandMode.Discharge), row => Assert.True(row is { Amperes: < 0, Volts: < 0 }));
        Assert.All(rows.Where(row => row.Mode == LandMode.Charge), row => Assert.True(row is { Amperes: > 0, Volts: > 0 }));
    }

    [Fact]
    public void Files_OfTheThreeFormats_HaveTheSameRowsWithinTheirResolution()
    {
        (string Kind, LandFormat Format)[] formats = [("Cex", LandFormat.Cex), ("Csv", LandFormat.LandtCsv), ("Txt", LandFormat.LandtTxt)];
        var programs = formats.Select(format => Start(format.Kind)).ToList();
        _clock.NowNanoseconds += 7_200_000_000_000;
        programs.ForEach(software => software.BringUpToNow());
        var all = programs.Zip(formats, (software, format) => Follow(software, software.Files[0], format.Format)).ToList();
        programs.ForEach(software => software.Dispose());
        foreach (var other in all.Skip(1))
        {
            Assert.Equal(all[0].Count, other.Count);
            foreach (var (cex, text) in all[0].Zip(other))
            {
                Assert.Equal((text.Number, text.Step, text.Pass, text.Mode), (cex.Number, cex.Step, cex.Pass, cex.Mode));
                Assert.Equal(text.Volts, cex.Volts, 0.155e-3 / 2 + 1e-6);
                var sign = cex.Mode == LandMode.Rest && other == all[^1] ? Math.Sign(cex.Amperes) : 1; // The TXT has no sign where it has no direction.
                Assert.Equal(text.Amperes * sign, cex.Amperes, cex.Mode == LandMode.Rest ? 0.31e-6 : 0.31e-6 / 2 + 1e-9);
                Assert.Equal(text.StepSeconds, cex.StepSeconds, 0.011);
                Assert.Equal(text.TestSeconds!.Value, cex.TestSeconds!.Value, 0.0051);
                Assert.Equal(text.StepAmpHours!.Value, cex.StepAmpHours!.Value, 1e-10);
            }
        }
    }

    [Fact]
    public void File_TakenUpInTheMiddle_GoesOnWithTheSameNumbers()
    {
        using var software = Start("Cex");
        _clock.NowNanoseconds += 900_000_000_000;
        software.BringUpToNow();
        var first = Reader(software.Files[0], LandFormat.Cex);
        var rows = new LandRow[1000];
        var known = first.Read(0, rows).Count;
        Assert.InRange(known, 20, 999);
        var ticket = first.Ticket;
        _clock.NowNanoseconds += 3_600_000_000_000;
        software.BringUpToNow();
        var second = Reader(software.Files[0], LandFormat.Cex);
        var page = second.Read(known, rows);
        Assert.Equal(known + 1, rows[0].Number);
        Assert.True(second.Head!.IsOf(ticket!));
        var whole = new LandRow[1000];
        var count = Reader(software.Files[0], LandFormat.Cex).Read(0, whole).Count;
        Assert.Equal(whole[known..count], rows[..page.Count]);
    }

    private LandSoftware Start(string kind)
    {
        _cycler = SimulatedCyclerServer.MakeCycler(
            new SimulatedCyclerOptions { Clock = _clock, Cells = ["li-lpsc-li"], Shorts = false, Profile = WireProfile.LandStyle });
        return new LandSoftware(_cycler, 1, _folder, Enum.Parse<LandFileKind>(kind), LandRecipe.Parse(Recipe, out _)!, firstChannel: 12, recordSeconds: 30);
    }

    private LandFile Reader(string path, LandFormat format) =>
        new(path, format, new CexScale(0.155e-3, 0.31e-6, SignedVolts: true), _clock, TimeSpan.FromSeconds(30));

    private List<LandRow> Follow(LandSoftware software, string path, LandFormat format)
    {
        var file = Reader(path, format);
        var random = new Random(3);
        var page = new LandRow[16];
        List<LandRow> rows = [];
        LandPage read;
        do
        {
            _clock.NowNanoseconds += random.NextInt64(90_000_000_000);
            software.BringUpToNow();
            do
            {
                read = file.Read(rows.Count, page);
                Assert.Equal(LandFileState.Growing, read.State);
                rows.AddRange(page[..read.Count]);
            }
            while (read.More);
        }
        while (!software.IsOver);
        Assert.Empty(file.Remarks);
        return rows;
    }

    private static List<LandRow> Ends(List<LandRow> rows) =>
        [.. rows.Where((row, i) => i == rows.Count - 1 || (rows[i + 1].Step, rows[i + 1].Pass) != (row.Step, row.Pass))];
}
