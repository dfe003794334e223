using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.Scpi;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Sessions;

namespace CyclerControl.Instruments.Tests.Doubles;

/// <summary>A shipped profile's dialect on a wire in memory, with an instrument at its end.</summary>
internal sealed class Bench : IDisposable
{
    public const string Sim = "CYCLERCONTROL,SIM-CYCLER-8,0042,1.0";
    public const string SerialSmu = "KEITHLEY INSTRUMENTS INC.,MODEL 2400,1234567,C30   Mar 17 2006 09:29:29/A02  /K/J";
    public const string Smu = "KEITHLEY INSTRUMENTS,MODEL 2450,04096331,1.7.12b";

    public Bench(string profile = "scpi-cycler-8ch", string? identification = null)
        : this(ProfileLibrary.Shipped.Find(profile)!, identification ?? ProfileLibrary.Shipped.Find(profile)!.Transcript[0].Reply!)
    {
    }

    private Bench(HardwareProfile profile, string identification)
    {
        Profile = profile;
        Mirror = new MirrorInstrument(identification) { AnswersWithFive = profile.Name == "keithley-2400", Swaps = profile.Language!.SampleSwapsInVoltageMode };
        if (profile.Name == "kepco-bop")
        {
            Mirror.Fixed["FUNC:MODE?"] = "1";
        }

        Wire = new FakeTransport(Mirror.Receive);
        Session = new LinkSession("cyc-a", Wire, Profile.Link, Clock);
        Instrument = new ScpiInstrument(Profile, Session);
    }

    public HardwareProfile Profile { get; }

    public MirrorInstrument Mirror { get; }

    public FakeTransport Wire { get; }

    public ManualClock Clock { get; } = new();

    public LinkSession Session { get; }

    public ScpiInstrument Instrument { get; }

    public ISetpointChannel First => (ISetpointChannel)Instrument.Channels[0];

    /// <summary>Like <see cref="Ready(string)"/>, with a shipped cycler that says something else in one place.</summary>
    public static Bench Ready(string old, string replacement)
    {
        var text = ProfileLibrary.ShippedTexts()["scpi-cycler-8ch"];
        Assert.Contains(old, text, StringComparison.Ordinal);
        var (profile, problems) = ProfileReader.Read("scpi-cycler-8ch.yaml", text.Replace(old, replacement, StringComparison.Ordinal));
        Assert.Empty(problems);
        return Prepared(new Bench(profile!, Sim));
    }

    /// <summary>Initialized, prepared, and the wire's record empty.</summary>
    public static Bench Ready(string profile = "scpi-cycler-8ch") => Prepared(new Bench(profile));

    private static Bench Prepared(Bench bench)
    {
        _ = bench.Instrument.Initialize(null);
        bench.First.Prepare();
        bench.Wire.Lines.Clear();
        return bench;
    }

    public static Setpoint Current(double amperes, double min = -1, double max = 1) =>
        new(OutputMode.Current, amperes, 0, min, max, null);

    public static Setpoint Hold(double volts, double atMost, double min = -1, double max = 1) =>
        new(OutputMode.Voltage, 0, volts, min, max, atMost);

    public void Dispose() => Instrument.Dispose();
}
