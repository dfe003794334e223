using CyclerControl.Conformance.Tests.Subjects;

namespace CyclerControl.Conformance.Tests;

public sealed class CatalogueTests
{
    [Fact]
    public void Catalogue_HasTheShippedProfiles_EachWithASimulator()
    {
        Assert.Contains("keithley-2400", Catalogue.SetpointInstruments);
        Assert.Contains("scpi-cycler-8ch", Catalogue.SetpointInstruments);
        Assert.All(Catalogue.SetpointInstruments, name => Assert.Equal(name, Catalogue.Make(name).Name));
    }

    // Two on one instrument: what the one asks is not answered to the other, and errors of the one do not refuse the other's commands.
    [Theory]
    [MemberData(nameof(SetpointConformanceTests.Subjects), MemberType = typeof(SetpointConformanceTests))]
    public void TwoClients_EachHasAConversationOfItsOwn(string name)
    {
        var subject = Catalogue.Make(name);
        using var ours = Conversation.Opened(subject);
        var ourEnd = subject.Wire.OtherEnd!;
        using var theirs = subject.Connect();
        var theirEnd = subject.Wire.OtherEnd!;
        subject.Wire.OtherEnd = ourEnd;
        var channel = ours.First();
        channel.Prepare();
        subject.Wire.Heard = () =>
        {
            _ = theirEnd("NONSENSE 1"u8);
            _ = theirEnd("*IDN?"u8);
        };
        channel.Apply(Conversation.Current(0.5 * subject.Capabilities.CurrentRanges[0].MaxAmperes));
        subject.Truth.Pass(1);
        Assert.Equal(subject.Truth.Amperes, channel.Read().Amperes, 1e-6);
        channel.Release();
        Assert.False(subject.Truth.IsAnyOn);
    }
}
