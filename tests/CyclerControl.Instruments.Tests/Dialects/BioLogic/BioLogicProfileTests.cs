using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.BioLogic;
using CyclerControl.Instruments.Links;
using CyclerControl.Instruments.Profiles;

namespace CyclerControl.Instruments.Tests.Dialects.BioLogic;

/// <summary>What a profile says of a BioLogic instrument.</summary>
public sealed class BioLogicProfileTests
{
    private static readonly string s_shipped = ProfileLibrary.ShippedTexts()["biologic-vmp3"];

    private static string With(string settings)
    {
        const string Shipped = "biologic: { family: vmp3, bandwidth: 5 }";
        Assert.Contains(Shipped, s_shipped, StringComparison.Ordinal);
        return s_shipped.Replace(Shipped, "biologic: " + settings, StringComparison.Ordinal);
    }

    [Fact]
    public void Techniques_NotGiven_AreNotLimitedBeforeTheInstrumentRefuses() =>
        Assert.Equal(new BioLogicSettings(EcLabFamily.Vmp3, 5, 2000), ProfileLibrary.Shipped.Find("biologic-vmp3")!.BioLogic);

    [Fact]
    public void Techniques_Given_AreWhatTheCompilerKeepsTo()
    {
        var (profile, problems) = ProfileReader.Read("biologic-vmp3.yaml", With("{ family: vmp3, techniques: 47 }"));
        Assert.Empty(problems);
        Assert.Equal(47, profile!.BioLogic!.Techniques);

        var factory = new BioLogicInstrumentFactory(ProfileLibrary.Shipped.With(profile), _ => true);
        var link = factory.CreateLink(new InstrumentAddress("vsp", "biologic-vmp3", new Uri("biologic://192.168.0.1?library=/x.so")), new Testing.Fakes.ManualClock());
        var schedule = link.Compiler!.Compile(Programs.Shipped("ccd-step-increased", "area=1cm2")).Schedule;

        Assert.Single(Assert.IsType<Instruments.Dialects.BioLogic.Techniques.TechniqueSchedule>(schedule).Ramps);
    }

    [Fact]
    public void AbortLatency_ShorterThanThePoll_IsReported()
    {
        var (profile, problems) = ProfileReader.Read(
            "biologic-vmp3.yaml", s_shipped.Replace("abort_latency: 1500 ms", "abort_latency: 500 ms", StringComparison.Ordinal));

        Assert.Null(profile);
        Assert.Contains("abort_latency: '500 ms' is shorter than schedule.poll", Assert.Single(problems).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ family: vmp3, techniques: 9 }", "10 to 2000")]
    [InlineData("{ family: vmp3, techniques: 2001 }", "10 to 2000")]
    [InlineData("{ family: vmp3, techniques: many }", "techniques")]
    [InlineData("{ family: vmp3, bandwidth: 8 }", "is not one of this family")]
    public void Settings_OutOfRange_AreReported(string settings, string expected)
    {
        var (profile, problems) = ProfileReader.Read("biologic-vmp3.yaml", With(settings));

        Assert.Null(profile);
        Assert.Contains(expected, Assert.Single(problems).ToString(), StringComparison.Ordinal);
    }
}
