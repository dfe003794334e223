using System.Text;
using CyclerControl.Core.Detection.Replay;
using CyclerControl.Core.Documents;
using CyclerControl.Recording.Import;

namespace CyclerControl.Recording.Tests.Import;

/// <summary>Other people's tables: which columns are taken, in which units, and what is said about those that cannot be.</summary>
public sealed class TextMeasurementsTests
{
    [Theory]
    [InlineData("time_s,voltage_V,current_A\n1,0.02,0.001")]
    [InlineData("Test Time / s,Voltage / V,Current / A,Unix Time / s\n1,0.02,0.001,1700000000")]
    [InlineData("test_time_s,voltage_v,current_a,step_time_s\n1,0.02,0.001,77")]
    [InlineData("step_time_s,voltage_V,time_s,current_A,current_mA\n77,0.02,1,0.001,99")] // exact names before all others
    [InlineData("time/s,Ewe/V,<I>/mA\n1,0.02,1")]
    [InlineData("Time(ms)\tVoltage(mV)\tCurrent(uA)\n1000\t20\t1000")]
    [InlineData("Time [min];Cell voltage [µV];Current [nA]\n0.016666666666666666;20000;1000000")]
    [InlineData("Total Time, h;Potential, mV;I, mA\n0,00027777777777777778;20,0;1,0")]
    [InlineData("t,v,i\n1,2e-2,+1E-3")]
    [InlineData("Time(h:min:s.ms),Voltage(V),Current(A)\n0:00:01.000,0.02,0.001")]
    [InlineData("\"Time (s)\",\"Voltage (V)\",\"Current (A)\"\n\"1\",\"0.02\",\"0.001\"")]
    [InlineData("\"Time (s)\",\"Voltage (V)\",\"Current (A)\"\n\"1,0\",\"0,02\",\"0,001\"")]
    [InlineData("Cell: A17\nMass (mg): 5.1\n\nTime (s),Voltage (V),Current (mA)\n1,0.02,1")]
    [InlineData("# made by a script\n# time_s\tvoltage_V\tcurrent_A\n1\t0.02\t0.001\n# end")]
    [InlineData("Time,Voltage,Current\ns,mV,mA\n1,20,1")]
    [InlineData("sep=;\r\nTime (s);Voltage (V);Current (A)\r\n1;0,02;0,001\r\n\r\n")]
    [InlineData("\uFEFFtime_s,voltage_V,current_A\r1,0.02,0.001\r")]
    public void Read_TableOfAnyStyle_IsInSecondsVoltsAndAmperes(string text)
    {
        var (rows, problems, first) = Tables.Read(text);

        Assert.Empty(problems);
        var row = Assert.Single(rows);
        Assert.Equal(1, first, 9);
        Assert.Equal(0.02, row.Volts, 12);
        Assert.Equal(0.001, row.Amperes, 12);
    }

    [Fact]
    public void Read_Utf16OfASpreadsheet_IsReadAlike()
    {
        var bytes = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("Time (s)\tVoltage (µV)\tCurrent (A)\r\n5\t7\t0\r\n6\t8\t0\r\n")).ToArray();

        var (rows, problems, first) = Tables.Read(bytes, new ColumnChoice());

        Assert.Empty(problems);
        Assert.Equal(5, first);
        Assert.Equal([7e-6, 8e-6], rows.Select(r => r.Volts));
        Assert.Equal([0, 1_000_000_000], rows.Select(r => r.TimeNanoseconds));
    }

    [Fact]
    public void Read_SeveralColumnsAndNoExactName_ListsThem()
    {
        var (rows, problems, _) = Tables.Read("Test Time (s),Step Time (s),Voltage (V),Aux Voltage (V),Current (A)\n1,1,2,3,4\n");

        Assert.Empty(rows);
        Assert.Equal(2, problems.Count);
        Assert.Contains("'Test Time (s)', 'Step Time (s)'", problems[0].Message);
        Assert.Contains("--time \"Test Time (s)\"", problems[0].Cure);
        Assert.Contains("'Voltage (V)', 'Aux Voltage (V)'", problems[1].Message);
    }

    [Fact]
    public void Read_ColumnsNamedByTheUser_AreTakenByNameOrNumber()
    {
        var (rows, problems, first) = Tables.Read(
            "Test Time (min),Step Time (s),Voltage (V),Aux Voltage (mV),X\n1,1,2,3,4\n", new ColumnChoice("test time (min)", "Aux Voltage (mV)", "5"));

        Assert.Empty(problems);
        Assert.Equal(60, first);
        Assert.Equal(new Measurement(0, 0.003, 4), rows[0]);
    }

    [Fact]
    public void Read_NumbersWithoutHeader_AreTakenByNumber()
    {
        var (rows, problems, _) = Tables.Read("0;1,5;2\n1;1,6;2\n", new ColumnChoice("1", "2", "3"));

        Assert.Empty(problems);
        Assert.Equal([1.5, 1.6], rows.Select(r => r.Volts));
    }

    [Fact]
    public void Read_CurrentColumnMissing_NeedsAValue()
    {
        const string Text = "time_s,voltage_V\n0,1\n1,2\n";

        Assert.Contains("--current-value", Assert.Single(Tables.Read(Text).Problems).Cure);
        Assert.All(Tables.Read(Text, new ColumnChoice(CurrentAmperes: 2e-3)).Rows, row => Assert.Equal(2e-3, row.Amperes));
        Assert.Contains("leave --current-value out", Assert.Single(Tables.Read("time_s,voltage_V,I\n0,1,1\n", new ColumnChoice(CurrentAmperes: 1)).Problems).Cure);
    }

    [Fact]
    public void Read_SeveralMistakes_AreAllNamedByLine()
    {
        var (rows, problems, _) = Tables.Read("time_s,voltage_V,current_A\n0,1,1\n2,1,1\n1,1,1\n3,oops,1\n4,1\n5,,nan\n5,1,1\nx,1,1\n");

        Assert.Equal([4, 5, 6, 9], problems.Select(p => p.Line));
        Assert.Contains("earlier than the 2 s of line 3", problems[0].Message);
        Assert.Equal("oops", problems[1].Value);
        Assert.Contains("2 columns instead of at least 3", problems[2].Message);
        Assert.Equal(4, rows.Count); // an empty field is no mistake, equal times are none
        Assert.Equal(double.NaN, rows[2].Volts);
    }

    [Fact]
    public void Read_LastLineStillBeingWritten_IsLeftOut() =>
        Assert.Empty(Tables.Read("time_s,voltage_V,current_A\n0,1,1\n1,1").Problems);

    [Theory]
    [InlineData("")]
    [InlineData("time_s,voltage_V,current_A\n")]
    [InlineData("nothing to see\nhere\n")]
    [InlineData("PK\u0003\u0004\0\0\0\0")]
    public void Read_NoTable_IsOneProblem(string text)
    {
        var (rows, problems, _) = Tables.Read(text);

        Assert.Empty(rows);
        Assert.Single(problems);
    }

    [Fact]
    public void Read_ColumnWithoutUnit_IsToldAsAnAssumption()
    {
        using var table = TextMeasurements.Read(new MemoryStream("Time,Voltage (mV),Current\n0,1,1\n"u8.ToArray()), new ColumnChoice(), new ProblemList("x"));

        Assert.Equal(["column 'Time' names no unit; taken as s", "column 'Current' names no unit; taken as A"], table.Assumptions);
    }
}
