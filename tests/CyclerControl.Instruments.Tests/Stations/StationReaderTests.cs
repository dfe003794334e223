using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Stations;

namespace CyclerControl.Instruments.Tests.Stations;

public sealed class StationReaderTests
{
    private const string Good = """
        station: glovebox-2
        instruments:
          - { name: cyc-a, profile: scpi-cycler-8ch, connect: "tcp://cyc-a.lab:5025" }
          - { name: smu, profile: keithley-2450, connect: "tcp://10.0.0.7:5025" }
          - { name: bench, profile: simulated-8ch, connect: "sim://?cells=li-lpsc-li,lacss&seed=1" }
        """;

    [Fact]
    public void StationReader_GoodFile_IsRead()
    {
        var (station, problems) = StationReader.Read("glovebox-2.yaml", Good, ProfileLibrary.Shipped);
        Assert.Empty(problems);
        Assert.Equal("glovebox-2", station!.Name);
        Assert.Equal(["cyc-a", "smu", "bench"], station.Instruments.Select(instrument => instrument.Name));
        Assert.Equal(5025, station.Instruments[0].Connect.Port);
        Assert.Equal("?cells=li-lpsc-li,lacss&seed=1", station.Instruments[2].Connect.Query);
    }

    [Theory]
    [InlineData("tcp://cyc-a.lab:5025", "serial:///dev/ttyUSB0?baud=fast", "glovebox-2.yaml:3:55: instruments[0].connect: 'serial:///dev/ttyUSB0?baud=fast' has the speed 'fast'; use 50 to 4000000")]
    [InlineData("tcp://cyc-a.lab:5025", "serial://", "names no serial port; write \"serial:///dev/ttyUSB0?baud=9600\", \"serial://COM3\" or \"serial://auto?id=1234567\"")]
    [InlineData("tcp://10.0.0.7:5025", "serial:///dev/ttyUSB0\" }\n  - { name: again, profile: keithley-2450, connect: \"serial:///dev/ttyUSB0?baud=19200", "is where 'smu' is")]
    [InlineData("tcp://10.0.0.7:5025", "serial://auto\" }\n  - { name: again, profile: keithley-2450, connect: \"serial://auto", "is where 'smu' is")]
    [InlineData("tcp://cyc-a.lab:5025", "tcp://cyc-a.lab", "has no port; write \"tcp://host:5025\"")]
    [InlineData("tcp://cyc-a.lab:5025", "tcp://cyc-a.lab:5025/x", "has more than a host and a port")]
    [InlineData("tcp://cyc-a.lab:5025", "http://cyc-a.lab", "has the unknown scheme 'http'; use tcp://, serial://, neware://, biologic://, watch:// or sim://")]
    [InlineData("tcp://cyc-a.lab:5025", "watch:///", "names no folder; write \"watch:///mnt/land?files=*_{channel}.cex\"")]
    [InlineData("tcp://cyc-a.lab:5025", "watch:///mnt/land?files=*_{channel}.csv", "does not fit profile scpi-cycler-8ch; watch:///mnt/land?files=*_{channel}.cex goes with profiles of adapter land")]
    [InlineData("tcp://cyc-a.lab:5025", "cyc-a.lab", "is no address")]
    [InlineData("tcp://cyc-a.lab:5025", "tcp://10.0.0.7:5025", "instruments[1].connect: 'tcp://10.0.0.7:5025' is where 'cyc-a' is")]
    [InlineData("tcp://cyc-a.lab:5025", "sim://?seed=1", "does not fit profile scpi-cycler-8ch, which is an instrument on a wire")]
    [InlineData("profile: scpi-cycler-8ch", "profile: scpi-cycler-8h", "instruments[0].profile: 'scpi-cycler-8h' is neither a shipped profile nor a file beside the station; did you mean scpi-cycler-8ch?")]
    [InlineData("name: smu", "name: cyc-a", "instruments[1].name: 'cyc-a' is given twice (first in line 3)")]
    [InlineData("name: smu", "name: cyc/a", "'cyc/a' is not a name")]
    [InlineData("name: smu, ", "", "instruments[1].name: is missing")]
    [InlineData("station: glovebox-2", "station: glovebox-3", "station: 'glovebox-3' is not the name of the file")]
    [InlineData("instruments:", "instrument:", "'instrument' is an unknown key; did you mean instruments?")]
    public void StationReader_Mistake_IsNamedWithItsCure(string old, string replacement, string expected)
    {
        var (station, problems) = StationReader.Read("glovebox-2.yaml", Good.Replace(old, replacement, StringComparison.Ordinal), ProfileLibrary.Shipped);
        Assert.Null(station);
        Assert.True(problems.Any(problem => problem.ToString().Contains(expected, StringComparison.Ordinal)), string.Join('\n', problems));
    }

    [Fact]
    public void StationReader_ProfileFileBesideTheStation_IsFound()
    {
        var folder = Directory.CreateTempSubdirectory("station-test-").FullName;
        try
        {
            File.WriteAllText(
                Path.Combine(folder, "my-smu.yaml"),
                ProfileLibrary.ShippedTexts()["keithley-2450"].Replace("profile: keithley-2450", "profile: my-smu", StringComparison.Ordinal));
            var (station, problems) = StationReader.Read(
                Path.Combine(folder, "here.yaml"),
                "station: here\ninstruments:\n  - { name: smu, profile: my-smu, connect: \"tcp://h:1\" }\n  - { name: smu2, profile: my-smu.yaml, connect: \"tcp://h:2\" }\n",
                ProfileLibrary.Shipped);
            Assert.Empty(problems);
            Assert.NotNull(station!.Profiles.Find("my-smu"));
            Assert.All(station.Instruments, instrument => Assert.Equal("my-smu", instrument.Profile));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void StationReader_BrokenProfileFile_IsToldAtItsReference()
    {
        var folder = Directory.CreateTempSubdirectory("station-test-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "bad.yaml"), "profile: bad\n");
            var (_, problems) = StationReader.Read(
                Path.Combine(folder, "here.yaml"), "station: here\ninstruments:\n  - { name: a, profile: bad, connect: \"tcp://h:1\" }\n", ProfileLibrary.Shipped);
            Assert.Contains("problem(s), the first: ", Assert.Single(problems).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
