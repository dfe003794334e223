using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.Scpi;
using CyclerControl.Instruments.Profiles;

namespace CyclerControl.Instruments.Tests.Profiles;

public sealed class ProfileReaderTests
{
    private static readonly string s_cycler = ProfileLibrary.ShippedTexts()["scpi-cycler-8ch"];
    private static readonly string s_smu = ProfileLibrary.ShippedTexts()["keithley-2450"];

    private static string[] Problems(string text, string old, string replacement, string name = "scpi-cycler-8ch.yaml")
    {
        Assert.Contains(old, text, StringComparison.Ordinal);
        var (profile, problems) = ProfileReader.Read(name, text.Replace(old, replacement, StringComparison.Ordinal));
        Assert.Null(profile);
        return [.. problems.Select(problem => problem.ToString())];
    }

    [Fact]
    public void ProfileReader_ShippedCycler_IsReadWhole()
    {
        var profile = ProfileLibrary.Shipped.Find("scpi-cycler-8ch")!;
        Assert.Equal((8, 1), (profile.ChannelCount, profile.FirstChannel));
        var capabilities = profile.Capabilities;
        Assert.Equal((-5, 5, 0.0002), (capabilities.MinVolts, capabilities.MaxVolts, capabilities.VoltageOffsetVolts));
        Assert.Equal(new CurrentRange("1 mA", 1e-3, 1e-8, 0.0002, 2e-7), capabilities.CurrentRanges[1]);
        Assert.Equal(4, capabilities.CurrentRanges.Length);
        Assert.Equal(TimeSpan.FromMilliseconds(1), capabilities.FastestSampling);
        Assert.Equal(TimeSpan.FromSeconds(30), capabilities.WatchdogTimeout);
        Assert.Equal(TimeSpan.FromMilliseconds(5), capabilities.AbortLatency);
        Assert.Equal(RestBehaviour.Open, capabilities.Rest);
        Assert.Equal(1e-4, profile.VoltageResolutionVolts);
        Assert.Equal(TimeSpan.FromSeconds(2), profile.Link.Timeouts.Reply);
        Assert.Equal(ProfileQuirk.FlatHeaders, Assert.Single(profile.Quirks));
        Assert.Equal(7, profile.Language!.PowerOn!.Bit);
        Assert.Equal(3, profile.Language.Command(ScpiCommandName.WatchdogArm)!.Exchanges.Length);
    }

    [Fact]
    public void ProfileReader_ShippedKeithley_HasNoWatchdog() =>
        Assert.Null(ProfileLibrary.Shipped.Find("keithley-2450")!.Capabilities.WatchdogTimeout);

    [Fact]
    public void ProfileReader_Json_IsTheSameModel()
    {
        var (profile, problems) = ProfileReader.Read("mine.json", """
            { "profile": "mine", "about": "x", "adapter": "simulated", "channels": { "count": 2 },
              "ranges": { "voltage": { "min": "-1 V", "max": "1 V", "resolution": "1 mV" },
                          "current": [ { "name": "a", "max": "1 mA", "resolution": "1 uA" } ] },
              "accuracy": { "voltage": { "gain": "0.1 %", "offset": "1 mV" }, "current": [ { "range": "a", "gain": "0.1 %", "offset": "1 uA" } ] },
              "sampling": { "fastest": "10 ms" }, "abort_latency": "5 ms", "rest": "zero_current" }
            """);
        Assert.Empty(problems);
        Assert.Equal([1, 2], profile!.ChannelNumbers);
        Assert.Null(profile.Language);
    }

    [Fact]
    public void ProfileReader_SeveralMistakes_AreToldInOneGo()
    {
        var text = s_cycler
            .Replace("  fastest: 1 ms ", "  fastest: 1 ", StringComparison.Ordinal)
            .Replace("rest: open", "rest: opne", StringComparison.Ordinal)
            .Replace("  power_on:", "  power_onn:", StringComparison.Ordinal)
            .Replace("{current:A:+0.000000000E+00},(@{channel})\"\n    confirm: { send: \"CURR?", "{current:V:0.0},(@{channel})\"\n    confirm: { send: \"CURR?", StringComparison.Ordinal);
        var problems = ProfileReader.Read("scpi-cycler-8ch.yaml", text).Problems.Select(problem => problem.ToString()).ToArray();
        Assert.Equal(4, problems.Length);
        Assert.Contains(problems, problem => problem.StartsWith("scpi-cycler-8ch.yaml:21:12: sampling.fastest: '1' has no unit", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("rest: 'opne' is not one of the words for this; did you mean open?", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("queries.power_onn: 'power_onn' is an unknown key; did you mean power_on?", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("commands.current.send: ", StringComparison.Ordinal) && problem.Contains("the unit 'V', which is none of current; use A, mA, uA, nA", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("profile: scpi-cycler-8ch", "profile: other", "profile: 'other' is not the name of the file; write profile: scpi-cycler-8ch, or rename the file to other.yaml")]
    [InlineData("profile: scpi-cycler-8ch", "profile: Scpi Cycler", "'Scpi Cycler' is not a name; use small letters")]
    [InlineData("adapter: scpi", "adapter: land", "land: is missing; write land: { volts_per_count: 0.155 mV")]
    [InlineData("adapter: scpi", "adapter: simulated", "commands: belongs to a scpi profile")]
    [InlineData("count: 8", "count: 0", "channels.count: '0' is not a whole number that is allowed here; use 1 to 1024")]
    [InlineData("max: 1 mA,", "max: 100 uA,", "ranges.current[1].max: '100 uA' is not above the range before it")]
    [InlineData("max: 5 V", "max: -5 V", "ranges.voltage.max: '-5 V' is not above min")]
    [InlineData("range: 1 mA", "range: 2 mA", "accuracy.current[1].range: '2 mA' is none of the current ranges")]
    [InlineData("range: 1 mA", "range: 2 mA", "ranges.current[1].name: '1 mA' has no accuracy")]
    [InlineData("[1 s, 3600 s]", "[3600 s, 1 s]", "watchdog.range: is not the shortest and the longest time")]
    [InlineData("timeout: 30 s", "timeout: 5000 s", "watchdog.timeout: '5000 s' lies outside the range; use 1 s to 3600 s")]
    [InlineData("watchdog: { range: [1 s, 3600 s], timeout: 30 s }", "", "commands.watchdog_arm: arms a watchdog that the profile does not state")]
    [InlineData("  watchdog_disarm:", "  #", "commands.watchdog_disarm: is missing: the profile has a watchdog")]
    [InlineData("  current_range:", "  voltage_range:", "commands.current_range: is missing: there is more than one current range")]
    [InlineData("  mode_voltage:", "  #", "commands.mode_voltage: is missing: voltage is given")]
    [InlineData("  output_on:", "  output_off:", "commands.output_on: is missing: every instrument needs it")]
    [InlineData("  sample: {", "  trip2: {", "queries.sample: is missing")]
    [InlineData("identify: {", "# {", "identify: is missing; a scpi profile needs identify")]
    [InlineData("quirks: [flat_headers]", "quirks: [flat_heads]", "'flat_heads' is not one of the words for this; did you mean flat_headers?")]
    [InlineData("quirks: [flat_headers]", "quirks: [sample_swaps_in_voltage_mode]", "quirks: cannot be combined with sample_all")]
    [InlineData("adapter: scpi", "abort_connection: true\nadapter: simulated", "abort_connection: 'true' belongs to a scpi profile")]
    [InlineData("fastest: 0.1 ms", "fastest: 2 ms", "sampling.buffered.fastest: '2 ms' is not shorter than the fastest of single readings")]
    [InlineData("every: 20 ms", "every: 5 ms", "sampling.buffered.every: '5 ms' is out of bounds; use 10 ms to 1 s")]
    [InlineData("every: 20 ms", "every: 900 ms", "queries.buffer: overflows between two fetches")]
    [InlineData("  buffered: {", "  # {", "queries.buffer: is never used: nothing says how fast it is")]
    [InlineData("  buffer:\n", "  bufer:\n", "sampling.buffered promises another; add queries.buffer")]
    [InlineData("values: [time, voltage, current]", "values: [time, voltage]", "queries.buffer.values: is not one voltage and one current")]
    [InlineData("values: [time, voltage, current]", "values: [time, voltage, amps]", "names 'amps', which a reading does not have")]
    [InlineData("    overflow: {", "    # {", "queries.buffer.values: has no time", "[time, voltage, current]", "[voltage, current]")]
    [InlineData("block: float64", "block: float32", "forgets milliseconds after some hours")]
    [InlineData("block: float64", "block: ascii", "queries.buffer.byte_order: 'little' does not belong to ascii")]
    [InlineData("TRAC:INT {time:s:0.000000}", "TRAC:INT 1", "queries.buffer.start: does not carry the time")]
    [InlineData("\"TRAC:REM? (@{channel})\"", "\"TRAC:DATA? {first},{last},(@{channel})\"", "asks for places, and nothing says where the newest reading is")]
    [InlineData("\"TRAC:REM? (@{channel})\"", "\"TRAC:REM? (@1)\"", "queries.buffer: does not say which channel")]
    [InlineData("\"MEAS? (@{channel})\"", "\"MEAS? {first},(@{channel})\"", "names places of a buffer, and fetches none")]
    [InlineData("    size: 4096", "    size: 4096\n    end: \"TRAC:END? (@{channel})\"", "queries.buffer.end: 'TRAC:END? (@{channel})' is of no use")]
    [InlineData("reply: 2 s", "reply: 2 h", "link.timeouts.reply: '2 h' is out of bounds; use 1 ms to 60 s")]
    [InlineData("terminator: \"\\n\"", "terminator: \";\"", "link.terminator: ';' ends no message")]
    [InlineData("\"OUTP ON,(@{channel})\"", "\"OUTP ON\"", "commands.output_on: does not say which channel; there is more than one")]
    [InlineData("\"OUTP ON,(@{channel})\"", "\"OUTP {current:A:0.0},(@{channel})\"", "carries a current, which this message does not have; leave the placeholder out")]
    [InlineData("\"CURR {current:A:+0.000000000E+00},(@{channel})\"", "\"CURR 1,(@{channel})\"", "commands.current: does not carry the current")]
    [InlineData("\"CURR? (@{channel})\", reply: \"{current:A}\"", "\"CURR? (@{channel})\", reply: \"{voltage:V}\"", "commands.current.confirm.reply: '{voltage:V}' is not the number that was written")]
    [InlineData("\"CURR? (@{channel})\", reply: \"{current:A}\"", "\"CURR? (@{channel})\"", "commands.current.confirm.send: 'CURR? (@{channel})' needs exactly one of expect and reply")]
    [InlineData("\"MEAS? (@{channel})\", reply: \"{voltage:V},{current:A}\"", "\"MEAS? (@{channel})\", reply: \"{voltage:V}\"", "queries.sample.reply: '{voltage:V}' has no current")]
    [InlineData("\"MEAS? (@{channels})\"", "\"MEAS? (@1:8)\"", "queries.sample_all.send: 'MEAS? (@1:8)' does not say which channels")]
    [InlineData("error_queue: { send: \"SYST:ERR?\", expect: \"0,*\" }", "", "is neither confirmed nor followed by the error queue")]
    [InlineData("\"OUTP OFF,(@{channel})\", confirm: { send: \"OUTP? (@{channel})\", expect: \"0\" }", "\"OUTP OFF,(@{channel})\"", "safe_state: is not confirmed; the safe state must be proved")]
    public void ProfileReader_Mistake_IsNamedWithItsCure(
        string old, string replacement, string expected, string second = "profile", string secondReplacement = "profile")
    {
        var problems = Problems(s_cycler.Replace(second, secondReplacement, StringComparison.Ordinal), old, replacement);
        Assert.True(problems.Any(problem => problem.Contains(expected, StringComparison.Ordinal)), string.Join('\n', problems));
    }

    [Theory]
    [InlineData("silent_after: 10 min", "silent_after: 2 d", "land.silent_after: '2 d' is out of bounds; use 1 s to 1 d")]
    [InlineData("volts_per_count: 0.155 mV", "volts_per_count: 0 mV", "land.volts_per_count: '0 mV'")]
    [InlineData("amperes_per_count: 0.31 uA", "amperes_per_count: 0.31 mA", "land.amperes_per_count: '0.31 mA' does not fit the channel's 0.01 A; 32767 counts are 10.15777 A")]
    [InlineData("volts_per_count: 0.155 mV", "volts_per_count: 155 mV", "land.volts_per_count: '155 mV' does not fit the channel's 5 V")]
    [InlineData("amperes_per_count: 0.31 uA", "amperes_per_count: 0.31 mV", "land.amperes_per_count: '0.31 mV'")]
    [InlineData("schedule: { poll: 5 s }", "", "schedule: is missing; write schedule: { poll: 1 s }, or 5 s for neware and land")]
    [InlineData("adapter: land", "adapter: neware", "land: belongs to a land profile")]
    public void ProfileReader_MistakeInAWatchedProfile_IsNamedWithItsCure(string old, string replacement, string expected)
    {
        var problems = Problems(ProfileLibrary.ShippedTexts()["land-watched-8ch"], old, replacement, "land-watched-8ch.yaml");
        Assert.True(problems.Any(problem => problem.Contains(expected, StringComparison.Ordinal)), string.Join('\n', problems));
    }

    [Fact]
    public void ProfileReader_LineBreakOnTheWire_IsRefused() =>
        Assert.Contains(Problems(s_smu, "\"OUTP ON\"", "\"OUTP ON\\n\"", "keithley-2450.yaml"), problem => problem.Contains("contains a line break", StringComparison.Ordinal));

    [Fact]
    public void ProfileReader_AnyCutOfAShippedText_NeverThrows()
    {
        for (var length = 0; length < s_cycler.Length; length += 37)
        {
            var (profile, problems) = ProfileReader.Read("scpi-cycler-8ch.yaml", s_cycler[..length]);
            Assert.True(profile is not null || problems.Count > 0);
        }
    }

    [Fact]
    public void ProfileLibrary_FileThatIsNotThere_IsAProblem()
    {
        var (profile, problems) = ProfileLibrary.ReadFile("no/such/file.yaml");
        Assert.Null(profile);
        Assert.Contains("cannot be read", Assert.Single(problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ProfileLibrary_Shipped_AreTheFilesOfTheFolder() =>
        Assert.Equal(
            [
                "biologic-sp300", "biologic-vmp3", "itech-it-m3400", "keithley-2400", "keithley-2450", "keithley-2460", "keithley-2461",
                "kepco-bop", "keysight-b2900", "land-style-8ch", "land-watched-8ch", "neware-bts-8ch", "scpi-cycler-8ch", "simulated-8ch",
            ],
            ProfileLibrary.Shipped.Profiles.Select(profile => profile.Name));
}
