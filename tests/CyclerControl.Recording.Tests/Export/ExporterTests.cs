using System.Text;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Export;
using CyclerControl.Recording.Reading;
using CyclerControl.Recording.Writing;

namespace CyclerControl.Recording.Tests.Export;

public sealed class ExporterTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Bdf_OfARun_KeepsEveryRuleOfTheFormat()
    {
        var bdf = new BdfChecker(Bdf(Record(1, 95)));
        Assert.Empty(bdf.Problems());
        Assert.Equal(95, bdf.Columns["Voltage / V"].Length);
        Assert.Equal(["Test Time / s", "Voltage / V", "Current / A"], bdf.Columns.Keys.Take(3));
        Assert.DoesNotContain("Surface Temperature / degC", bdf.Columns.Keys);
        Assert.Equal("1767323045", bdf.Columns["Unix Time / s"][0]);
        Assert.Equal("94", bdf.Columns["Test Time / s"][94]);
        Assert.Equal(["CC_CHG", "CC_DCH"], bdf.Columns["Step Type"].Distinct());
        Assert.Equal(0.001, bdf.Numbers("Current / A")[0]);
        Assert.Equal(-0.001, bdf.Numbers("Current / A")[10]);
    }

    [Fact]
    public void Bdf_OfARunWithTemperature_HasItsColumn()
    {
        var bdf = new BdfChecker(Bdf(Record(1, 20, 25.5)));
        Assert.Empty(bdf.Problems());
        Assert.All(bdf.Columns["Surface Temperature / degC"], t => Assert.Equal("25.5", t));
    }

    [Fact]
    public void Exports_OfEqualRuns_AreEqualByteForByte()
    {
        var (one, two) = (Record(1, 95), Record(2, 95));
        Assert.NotEqual(one, two);
        Assert.Equal(Bdf(one), Bdf(two));
        Assert.Equal(Csv(one), Csv(two));
    }

    [Fact]
    public void Csv_OfARun_IsTheDocumentedTable()
    {
        var lines = Csv(Record(1, 2)).Split('\n');
        Assert.Equal(
            "test_time_s,voltage_v,current_a,temperature_degc,step_time_s,step_count,step_id,cycle,half_cycle,charging_ah,discharging_ah,charging_wh,discharging_wh,step_charging_ah,step_discharging_ah,reason",
            lines[0]);
        Assert.Equal("0,0.05,0.001,,0,1,1,1,1,0,0,0,0,0,0,step_start", lines[1]);
        Assert.Equal("1,0.050010000000000006,0.001,,1,1,1,1,1,2.7777777777777776E-07,0,1.3888888888888889E-08,0,2.7777777777777776E-07,0,rule", lines[2]);
        Assert.Equal("", lines[3]);
    }

    [Fact]
    public void Bursts_OfARun_AreTablesThatOtherToolsRead()
    {
        var run = Record(1, 3, bursts: true);
        using var reader = RunFileReader.Open(run);
        using var csv = new MemoryStream();
        BurstExporter.WriteCsv(reader, reader.Bursts, csv);
        Assert.Equal(
            "time_s,voltage_V,current_A,temperature_degC,burst\n0.001,0.5,-0.001,,1\n0.002,0.25,-0.001,25,1\n7,0.1,0,,2\n",
            Encoding.UTF8.GetString(csv.ToArray()));
        using var bdf = new MemoryStream();
        BurstExporter.WriteBdf(reader, reader.Bursts[0], bdf);
        Assert.Equal("Test Time / s,Voltage / V,Current / A\n0.001,0.5,-0.001\n0.002,0.25,-0.001\n", Encoding.UTF8.GetString(bdf.ToArray()));
    }

    [Theory]
    [InlineData("rest", 0, 0, null, "REST")]
    [InlineData("plate", 0, 1, null, "CC_DCH")]
    [InlineData("strip", 1, 0, null, "CC_CHG")]
    [InlineData("charge", 1, 0, 5L, "CCCV_CHG")]
    [InlineData("hold", 0, 1, null, "CV_DCH")]
    [InlineData("sweep", 0, 1, null, "LSV")]
    public void StepTypes_OfAStep_AreThoseOfTheFormat(string verb, double charging, double discharging, long? hold, string expected)
    {
        var step = Rows.Step(1) with { Verb = verb, ChargingAmpHours = charging, DischargingAmpHours = discharging, HoldStartNanoseconds = hold };
        using var types = new StepTypes([step]);
        Assert.Equal(expected, types.Of(Rows.Row(0)));
        Assert.Equal("", types.Of(Rows.Row(10)));
        Assert.Equal(expected, types.Of(Rows.Row(20))); // unfinished, and executed before
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "0.000000001")]
    [InlineData(1_500_000_000, "1.5")]
    [InlineData(-250_000_000, "-0.25")]
    [InlineData(1_767_323_045_100_000_000, "1767323045.1")]
    public void Seconds_FromNanoseconds_AreExact(long nanoseconds, string expected)
    {
        using var output = new MemoryStream();
        using (var table = new TextTable(output))
            table.Seconds(nanoseconds);
        Assert.Equal(expected, Encoding.UTF8.GetString(output.ToArray()));
    }

    private string Record(int seed, int rows, double? celsius = null, bool bursts = false)
    {
        var folder = temporary.NewRun(seed);
        using var recorder = new Recorder(new ManualTime()).Open(folder, Rows.Header(folder.RunId), new RecorderOptions());
        for (var n = 0; n < rows; n++)
        {
            recorder.Append(Rows.Row(n) with { Celsius = celsius });
            if (n % 10 == 9)
                recorder.Append(Rows.Step((n / 10) + 1));
        }

        if (bursts)
        {
            recorder.AppendBurst(1, [new Sample(1_000_000, 0.5, -0.001, null), new Sample(2_000_000, 0.25, -0.001, 25)]);
            recorder.AppendBurst(2, [new Sample(7_000_000_000, 0.1, 0, null)]);
        }

        Assert.True(recorder.Finish(new RunEnding(RunOutcome.Stopped, 0, "", null)));
        return folder.Path;
    }

    private static string Bdf(string path) => Text(path, BdfExporter.Write);

    private static string Csv(string path) => Text(path, CsvExporter.Write);

    private static string Text(string path, Action<RunFileReader, Stream> export)
    {
        using var reader = RunFileReader.Open(path);
        using var output = new MemoryStream();
        export(reader, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
