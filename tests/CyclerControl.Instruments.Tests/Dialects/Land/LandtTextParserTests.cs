using CyclerControl.Instruments.Dialects.Land;

namespace CyclerControl.Instruments.Tests.Dialects.Land;

public sealed class LandtTextParserTests
{
    private const string Header = "cycle_index,step_index,test_time_s,step_time_s,current_A,voltage_V";

    [Fact]
    public void Csv_OfTheFile_HasRowsAndHead()
    {
        var rows = LandFiles.Rows(LandFormat.LandtCsv, LandFiles.Text(LandFiles.Csv), out var parser);
        Assert.Null(parser.Problem);
        Assert.Empty(parser.Remarks);
        Assert.Equal(
            [
                new(1, 1, 1, LandMode.Rest, 0, 0, 3.5, 0, 0, null),
                new(2, 1, 1, LandMode.Rest, 60, 60, 3.4999, 0, 0, null),
                new(3, 2, 1, LandMode.Discharge, 1, 61, 3.41, -0.0005, 1.389e-7, null),
                new(4, 2, 1, LandMode.Discharge, 60, 120, 3, -0.0005, 8.3333e-6, null),
                new(5, 3, 1, LandMode.Charge, 1, 121, 3.007, 0.0005, 1.389e-7, null),
                new(6, 3, 1, LandMode.Charge, 60, 180, 3.503, 0.0005, 8.3333e-6, null),
                new(7, 2, 2, LandMode.Discharge, 1, 181, 3.1, -0.0005, 1.389e-7, null),
            ],
            rows);
        Assert.Equal(3, parser.Head!.Channel);
        Assert.Equal(new DateTime(2026, 3, 4, 10, 0, 0, DateTimeKind.Unspecified), parser.Head.Begun);
    }

    [Fact]
    public void Txt_OfTheFile_HasTheSignOfItsState()
    {
        var rows = LandFiles.Rows(LandFormat.LandtTxt, LandFiles.Text(LandFiles.Txt), out var parser);
        Assert.Null(parser.Problem);
        Assert.Empty(parser.Remarks);
        Assert.Equal(
            [
                new(1, 1, 1, LandMode.Rest, 0, 0, 3.5, 0, 0, 0),
                new(2, 1, 1, LandMode.Rest, 60, 60, 3.4999, 0, 0, 0),
                new(3, 2, 1, LandMode.Discharge, 1, 61, 3.41, -0.0005, 1.389e-7, 4.7e-7),
                new(4, 2, 1, LandMode.Discharge, 60, 120, 3, -0.0005, 8.3333e-6, 2.6e-5),
                new(5, 3, 1, LandMode.Charge, 1, 121, 3.007, 0.0005, 1.389e-7, 4.2e-7),
                new(6, 2, 2, LandMode.Discharge, 1, 181, 3.1, -0.0005, 1.389e-7, 4.3e-7),
            ],
            rows);
        Assert.Null(parser.Head!.Channel);
        Assert.Equal(new DateTime(2026, 3, 4, 10, 0, 0, DateTimeKind.Unspecified), parser.Head.Begun);
    }

    [Theory]
    [InlineData("\uFEFFCell Model: X\r\n\r\nVOLTAGE_V;a;current_a;\"step_time_s\";test_time_s;step_index;cycle_index\r\n3.45;rest;0.001;5;6;2;1\r\n")]
    [InlineData("voltage_V|current_A|step_time_s|test_time_s|step_index|cycle_index|\n3.45|0.001|5|6|2|1|\n")]
    [InlineData("voltage_V,current_A,step_time_s,test_time_s,step_index,cycle_index,step_name\n3.45,1e-3,5.0,6.00,2,1,x, y, z\n")]
    [InlineData("temperature_1_C\tvoltage_V\tcurrent_A\tstep_time_s\ttest_time_s\tstep_index\tcycle_index\n\t3.45\t0.001\t5\t6\t2\t1\t\n")]
    public void Csv_OtherOrderAndDelimiter_IsFoundByNames(string text)
    {
        var row = Assert.Single(LandFiles.Rows(LandFormat.LandtCsv, LandFiles.Text(text), out var parser));
        Assert.Equal(new LandRow(1, 2, 1, LandMode.Unknown, 5, 6, 3.45, 0.001, null, null), row);
        Assert.Null(parser.Problem);
    }

    [Fact]
    public void Csv_MissingColumns_AreNamedAllAtOnce() => Assert.Equal(
        "line 2: the header has no column cycle_index, step_time_s, voltage_V; the header has more than one column step_index; '7' in the header is no name",
        Problem(LandFormat.LandtCsv, "Cell\nstep_index,current_A,test_time_s,step_index,7\n"));

    [Theory]
    [InlineData("1,2,6,5,0.001,3,45\n", "it has 7 cells, and the header 6 columns; do decimals have a comma? They need a point")]
    [InlineData("1,2,6,5,0.001,3,\n", "it has 7 cells, and the header 6 columns; do decimals have a comma? They need a point")]
    [InlineData("1,2,6,5,0.001\n", "it has 5 cells, and the header 6 columns")]
    [InlineData("1,2,6,5,\"0,001\",3.45\n", "current_A is '0,001', which is no number: decimals need a point")]
    [InlineData("1,2,6,5,NaN,1e999\n", "voltage_V is '1e999'; a number from -1000 to 1000 is allowed; current_A is 'NaN'; a number from -1000 to 1000 is allowed")]
    [InlineData("1,2.5,6,-5,0,0x10\n", "step_index is '2.5'; a whole number is allowed, 0 or more; step_time_s is '-5'; a number from 0 to 10000000000 is allowed; voltage_V is '0x10'; a number from -1000 to 1000 is allowed")]
    [InlineData("1,2,6,5,0.001,1234.5\n", "voltage_V is '1234.5'; a number from -1000 to 1000 is allowed")]
    [InlineData("1,2,6,5,,3.45\n", "current_A is ''; a number from -1000 to 1000 is allowed")]
    [InlineData("1,2,6,5,0.001,3.\u000045\n", "it holds zero bytes: it was not written to its end, or is no text")]
    public void Csv_BadLine_IsNamedWithItsNumberAndWhatIsAllowed(string line, string problem) =>
        Assert.Equal($"line 3: {problem}", Problem(LandFormat.LandtCsv, $"{Header}\n1,2,5,4,0.001,3.44\n{line}1,2,7,6,0.001,3.46\n", rows: 1));

    [Theory]
    [InlineData("1;2;0,5;0,5;-0,0005;3,45\n")]
    [InlineData("1;2;0;0;0;3,45\n")]
    public void Csv_DecimalCommasBetweenSemicolons_AreNamed(string line) =>
        Assert.Contains("decimals need a point", Problem(LandFormat.LandtCsv, Header.Replace(',', ';') + "\n" + line), StringComparison.Ordinal);

    [Theory]
    [InlineData(",step_name", "1,2,0,0,0,3,45,Rest\n")]
    [InlineData(",step_name", "1,2,0,5,0,5,-0,0005,3,45,CC DChg, 0,5 mA\n")]
    [InlineData(",temperature_1_C,step_name", "1,2,0,0,0,3,45,,Rest\n")]
    [InlineData(",step_name", "1,2,0,0,0,3,45,\n")]
    [InlineData(",temperature_1_C,temperature_2_C", "1,2,0,5,0,5,-0,0005,3,45,,\n")]
    [InlineData(",temperature_1_C", "1,2,0,0,0,3,45,\n")]
    [InlineData(",", "1,2,0,0,0,3,45\n")]
    public void Csv_DecimalCommasBetweenCommas_NeverGiveARow(string more, string line) =>
        Assert.Contains("do decimals have a comma?", Problem(LandFormat.LandtCsv, Header + more + "\n" + line), StringComparison.Ordinal);

    [Theory]
    [InlineData("1,2,4.9,4,0.001,3.45\n", "test_time_s goes back from 5 s to 4.9 s")]
    [InlineData(Header + "\n", "")]
    public void Csv_TimeGoesBackOrASecondHeader_IsAProblem(string line, string problem) =>
        Assert.Contains(problem, Problem(LandFormat.LandtCsv, $"{Header}\n1,2,5,4,0.001,3.44\n{line}", rows: 1), StringComparison.Ordinal);

    [Fact]
    public void Csv_TwoChannelsInOneFile_IsAProblem() => Assert.Equal(
        "line 3: it is of channel 4, and the file began with channel 3; export each channel by itself",
        Problem(LandFormat.LandtCsv, $"channel_index,{Header}\n3,1,2,5,4,0.001,3.44\n4,1,2,5,4,0.001,3.44\n", rows: 1));

    [Theory]
    [InlineData("03/04/2026 10:00:00", "2026-03-04 10:00:00", 0)]
    [InlineData("12/31/2026 9:05:07", "2026-12-31 09:05:07", 0)]
    [InlineData("13/04/2026 10:00:00", "at an unknown time", 1)]
    [InlineData("2026-03-04T10:00:00", "at an unknown time", 1)]
    public void Csv_Date_IsMonthDayYearDespiteItsName(string date, string begun, int remarks)
    {
        _ = LandFiles.Rows(LandFormat.LandtCsv, LandFiles.Text($"date_time_iso_string,{Header}\n{date},1,2,5,4,0.001,3.44\n"), out var parser);
        Assert.Contains($"test begun {begun}, head", parser.Head!.Ticket("x.csv"), StringComparison.Ordinal);
        Assert.Equal(remarks, parser.Remarks.Count);
    }

    [Fact]
    public void Csv_CountersOfTheWholeTest_AreNotTakenForThoseOfTheStep()
    {
        var rows = LandFiles.Rows(
            LandFormat.LandtCsv,
            LandFiles.Text($"{Header},charge_capacity_Ah,discharge_capacity_Ah\n1,2,3600,3600,-1,3,0,1\n1,3,3601,1,1,3,0.000277,1\n1,3,7200,3600,1,3,1,1\n"),
            out var parser);
        Assert.Equal([1, null, null], rows.Select(row => row.StepAmpHours));
        Assert.Equal("charge_capacity_Ah and discharge_capacity_Ah does not begin anew with each step, and is not used there", Assert.Single(parser.Remarks));
    }

    [Fact]
    public void Csv_SignAgainstTheStepsName_IsAProblemAfterThreeRows()
    {
        var problem = Problem(
            LandFormat.LandtCsv,
            $"{Header},step_name\n1,2,0,0,0.001,3,CC Discharge\n1,2,1,1,0.001,3,CC Discharge\n1,2,2,2,0.001,3,CC Discharge\n",
            rows: 2);
        Assert.Equal("line 4: the step is a discharge and its current 0.001 A, for 3 rows; we take a positive current for a charge, and this file does not", problem);
    }

    [Theory]
    [InlineData("P\t0.0005", "State 'P' does not say whether 0.0005 A charges or discharges; C, D and R are known")]
    [InlineData("\t0.0005", "State '' does not say whether 0.0005 A charges or discharges; C, D and R are known")]
    public void Txt_StateThatSaysNoDirection_IsAProblem(string stateAndAmps, string problem)
    {
        const string Columns = "Rec#\tCyc#\tStep\tTest(Sec)\tStep (Sec)\tVolts\tState\tAmps\n";
        Assert.Equal($"line 2: {problem}", Problem(LandFormat.LandtTxt, $"{Columns}1\t1\t1\t0\t0\t3\t{stateAndAmps}\n"));
        Assert.Equal("line 3: Rec# is 1 after 1; it must grow", Problem(LandFormat.LandtTxt, $"{Columns}1\t1\t1\t0\t0\t3\tP\t0\n1\t1\t1\t1\t1\t3\tC\t0\n", rows: 1));
    }

    [Fact]
    public void Txt_ColumnsBetweenSpaces_AreAskedForWithTabulators()
    {
        var problem = Problem(LandFormat.LandtTxt, string.Concat(Enumerable.Repeat("Rec#  Cyc#  Step  Volts\n", 501)));
        Assert.Equal("line 500: there is no header in 500 lines; it must name Rec#, Cyc#, Step, Test(Sec), Step(Sec), Amps, Volts, State, with tabulators between them", problem);
    }

    [Fact]
    public void LineWithoutEnd_IsAProblemAndNotMemory()
    {
        var parser = LandFormats.ParserOf(LandFormat.LandtCsv, default);
        var line = LandFiles.Text(new string('1', 1000));
        var rows = new LandRow[1];
        for (var i = 0; i < 9; i++)
        {
            _ = parser.Take(line, rows, out _);
        }

        Assert.Equal("line 1: it is longer than 8192 bytes, and so is no line of landt-csv", parser.Problem!.ToString());
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x63, 0x00, 0x0A, 0x00 })]
    [InlineData(new byte[] { 0xFE, 0xFF, 0x00, 0x63, 0x00, 0x0A })]
    public void Utf16_IsNamed(byte[] bytes)
    {
        _ = LandFiles.Rows(LandFormat.LandtCsv, bytes, out var parser);
        Assert.Equal("line 1: the file is UTF-16; export it as ASCII or UTF-8", parser.Problem!.ToString());
    }

    [Fact]
    public void Rows_ManyLines_AllocateNothingEach()
    {
        var parser = LandFormats.ParserOf(LandFormat.LandtCsv, default);
        var rows = new LandRow[2000];
        _ = parser.Take(LandFiles.Text($"{Header}\n1,2,0,0,0.001,3.44\n"), rows, out _);
        var lines = LandFiles.Text(string.Concat(Enumerable.Range(1, 1000).Select(i => $"1,2,{i}.5,{i}.5,0.001,3.44\n")));
        _ = parser.Take(lines.AsSpan(0, lines.Length / 2), rows, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = parser.Take(lines.AsSpan(lines.Length / 2), rows, out _);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
        Assert.InRange(count, 450, 550);
        Assert.Equal(1001, parser.Count);
    }

    private static string Problem(LandFormat format, string text, int rows = 0)
    {
        Assert.Equal(rows, LandFiles.Rows(format, LandFiles.Text(text), out var parser).Count);
        return parser.Problem!.ToString();
    }
}
