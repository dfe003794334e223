using System.Globalization;
using CyclerControl.Cli.Tests.Processes;

namespace CyclerControl.Cli.Tests;

/// <summary>The stand-alone simulator spoken to by programs that are not ours.</summary>
public sealed class ForeignClientTests
{
    private const string PyVisaSession = """
        import pyvisa, sys, time
        port = sys.argv[1]
        inst = pyvisa.ResourceManager("@py").open_resource(f"TCPIP::127.0.0.1::{port}::SOCKET", read_termination="\n", write_termination="\n", timeout=10000)
        print(inst.query("*IDN?"))
        inst.write("*CLS")
        inst.write("CURR:RANG 1E-3,(@1)")
        inst.write("VOLT:LIM:HIGH 1,(@1)")
        inst.write("VOLT:LIM:LOW -1,(@1)")
        inst.write("FUNC CURR,(@1)")
        inst.write("CURR 5E-4,(@1)")
        inst.write("OUTP ON,(@1)")
        print(inst.query("SYST:ERR?"))
        time.sleep(0.2)  # the current has a slew rate
        print(inst.query("MEAS? (@1)"))
        inst.write("NONSENSE 1")
        print(inst.query("SYST:ERR?"))
        print(inst.query("SYST:ERR?"))
        inst.write("OUTP OFF,(@1)")
        print(inst.query("OUTP? (@1)"))
        inst.close()
        """;

    [Fact]
    public void Lxi_IdentifiesSetsReadsAndProvokesAnError()
    {
        using var simulator = RunningProgram.Simulator("--tcp", "0", "--cells", "li-lpsc-li");
        var port = PortOf(simulator);

        Assert.StartsWith("CYCLERCONTROL,SIM-CYCLER-8,", Lxi(port, "*IDN?"));
        Assert.Equal("0,\"No error\"", Lxi(port, "CURR:RANG 1E-3,(@1);FUNC CURR,(@1);CURR 5E-4,(@1);OUTP ON,(@1);SYST:ERR?"));
        Assert.Equal("1", Lxi(port, "OUTP? (@1)"));
        var reading = Lxi(port, "MEAS? (@1)").Split(',').Select(t => double.Parse(t, CultureInfo.InvariantCulture)).ToArray();
        Assert.InRange(reading[1], 4.9e-4, 5.1e-4);
        Assert.InRange(reading[0], 0.01, 0.2);
        Assert.StartsWith("-222,", Lxi(port, "CURR 7,(@1);SYST:ERR?"));
        Assert.Equal("0", Lxi(port, "OUTP OFF,(@1);OUTP? (@1)"));
    }

    [Fact]
    public void PyVisa_IdentifiesSetsReadsAndProvokesAnError()
    {
        using var simulator = RunningProgram.Simulator("--tcp", "0", "--cells", "li-lpsc-li");
        using var folder = new TemporaryFolder();
        var script = folder.Write("session.py", PyVisaSession);

        using var client = RunningProgram.Start(DebianPython, folder.Path, [script, PortOf(simulator)]);
        var result = client.WaitForExit();

        Assert.True(result.ExitCode == 0, result.Error);
        var lines = result.OutputLines;
        Assert.StartsWith("CYCLERCONTROL,SIM-CYCLER-8,", lines[0]);
        Assert.Equal("0,\"No error\"", lines[1]);
        Assert.InRange(double.Parse(lines[2].Split(',')[1], CultureInfo.InvariantCulture), 4.9e-4, 5.1e-4);
        Assert.StartsWith("-113,", lines[3]);
        Assert.StartsWith("0,", lines[4]);
        Assert.Equal("0", lines[5]);
    }

    /// <summary>Debian's Python packages work with Debian's own interpreter.</summary>
    private const string DebianPython = "/usr/bin/python3";

    private static string PortOf(RunningProgram simulator) =>
        simulator.WaitForLine(l => l.StartsWith("listening on tcp://127.0.0.1:", StringComparison.Ordinal)).Trim().Split(':')[^1];

    private static string Lxi(string port, string command)
    {
        using var lxi = RunningProgram.Start("lxi", AppContext.BaseDirectory, ["scpi", "--address", "127.0.0.1", "--port", port, "--raw", command]);
        var result = lxi.WaitForExit();
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output.Trim();
    }
}
