using CyclerControl.Simulation.Wire;

namespace CyclerControl.Simulation.Tests.Wire;

[Collection(SocketTests.Name)]
public sealed class KeithleyWireTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly SimulatedCyclerServer _server;
    private readonly Client _client;

    public KeithleyWireTests()
    {
        _server = SimulatedCyclerServer.Start(
            new SimulatedCyclerOptions { Clock = _clock, Profile = WireProfile.Keithley2450, Cells = ["li-lpsc-li"] });
        _client = new Client(_server.Port);
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    [Fact]
    public void Identity_AndLanguage_AreThoseOfA2450() =>
        Assert.Equal("KEITHLEY INSTRUMENTS,MODEL 2450,04096331,1.7.12b;SCPI", _client.Ask("*IDN?;*LANG?"));

    [Fact]
    public void Setup_OfAFourWireCell_IsAccepted() => Assert.Equal(
        "HIMP;1;\"VOLT:DC\";0,\"No error\"",
        _client.Ask("*CLS;SENS:FUNC \"VOLT\";SENS:VOLT:RSEN ON;SENS:CURR:RSEN ON;SOUR:CURR:READ:BACK ON;SOUR:READ:BACK 1;SENS:VOLT:NPLC 1;"
            + ":OUTP:CURR:SMOD HIMP;:OUTP:VOLT:SMOD HIMP;OUTP:CURR:SMOD?;SENS:VOLT:RSEN?;SENS:FUNC?;SYST:ERR?"));

    [Fact]
    public void SourcingCurrent_ReadsVoltageAndSourceReadBack()
    {
        Assert.Equal(
            "+7.850000000E-04;+1.000000000E-03;+1.000000000E+00;1",
            _client.Ask("SOUR:FUNC CURR;SOUR:CURR:RANG 1e-3;SOUR:CURR:VLIM 1.0;SOUR:CURR 7.85e-4;OUTP ON;SOUR:CURR?;SOUR:CURR:RANG?;SOUR:CURR:VLIM?;OUTP?"));
        _clock.AdvanceSeconds(600);
        var parts = _client.Ask("READ? \"defbuffer1\", READ, SOUR").Split(',');
        Assert.InRange(double.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), 0.08, 0.14);
        Assert.InRange(double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), 7.84e-4, 7.86e-4);
    }

    [Fact]
    public void SourcingVoltage_StopsAtTheCurrentLimit()
    {
        _client.Ask("SOUR:FUNC VOLT;SENS:FUNC \"CURR\";SOUR:VOLT 0.5;SOUR:VOLT:ILIM 1e-3;OUTP ON;*OPC?");
        _clock.AdvanceSeconds(1);
        Assert.Equal("1", _client.Ask("SOUR:VOLT:ILIM:TRIP?"));
        Assert.Equal(1e-3, double.Parse(_client.Ask("READ? \"defbuffer1\", READ"), System.Globalization.CultureInfo.InvariantCulture), 1e-6);
    }

    [Theory]
    [InlineData("SOUR:CURR 5", "-222")]
    [InlineData("SOUR:CURR:VLIM 1000", "-222")]
    [InlineData("SOUR:FUNC POW", "-104")]
    [InlineData("SOUR:FUNC", "-109")]
    [InlineData("MEAS? (@1)", "-113")]
    [InlineData("OUTP:CURR:SMOD OPEN", "-104")]
    public void WrongCommand_PutsItsErrorInTheQueue(string message, string error) =>
        Assert.StartsWith(error, _client.Ask(message + ";SYST:ERR?"), StringComparison.Ordinal);
}
