using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.Neware.Messages;
using CyclerControl.Instruments.Stations;

namespace CyclerControl.Instruments.Tests.Dialects.Neware;

public sealed class BtsInstrumentTests
{
    [Fact]
    public void Initialize_UnitThatIsThere_AsksOnceAndWritesNothing()
    {
        using var bench = new BtsBench();
        Assert.False(bench.Instrument.Initialize(null));
        Assert.Equal("27-21-1", bench.Instrument.Identity.SerialNumber);
        bench.Instrument.SafeState();
        Assert.Equal(["getdevinfo"], bench.Bts.Commands);
    }

    [Theory]
    [InlineData("unit=5", "devtype=27&devid=21&unit=1 (8 channels), devtype=27&devid=21&unit=2 (8 channels)")]
    [InlineData("devid=21", "several units fit")]
    public void Initialize_UnitThatCannotBeFound_NamesThoseThatAreThere(string query, string words)
    {
        using var bench = new BtsBench(query);
        Assert.Contains(words, Assert.Throws<WrongInstrumentException>(() => bench.Instrument.Initialize(null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Initialize_AnotherUnitThanBefore_IsRefused()
    {
        using var bench = new BtsBench("unit=2");
        Assert.Throws<WrongInstrumentException>(() => bench.Instrument.Initialize(new InstrumentIdentity("Neware", "BTS", "27-21-1", null)));
    }

    [Theory]
    [InlineData("neware://bts.lab?unit=1&share=/mnt/bts", "does not say where step files go")]
    [InlineData("neware://bts.lab?unit=x&share=/mnt/bts&bts_path=C", "has the unit 'x'")]
    [InlineData("neware://bts.lab?unit=1&unit=1&share=/mnt/bts&bts_path=C", "gives unit twice")]
    [InlineData("neware://bts.lab?box=1&share=/mnt/bts&bts_path=C", "has the unknown setting 'box'")]
    public void Address_Wrong_IsNamed(string text, string words)
    {
        Assert.Null(NewareAddress.TryParse(new Uri(text), out var problem));
        Assert.Contains(words, problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Address_Whole_IsRead() => Assert.Equal(
        new NewareAddress("bts.lab", 502, 27, 21, 1, "/mnt/bts", @"C:\bts"),
        NewareAddress.TryParse(new Uri("neware://bts.lab?devtype=27&devid=21&unit=1&share=/mnt/bts&bts_path=C%3A%5Cbts"), out _));

    [Fact]
    public void Requests_Inquire_IsTheRecordedQuestion() => Assert.Equal(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" ?><bts version=\"1.0\"><cmd>inquire</cmd><list count=\"1\"><inquire ip=\"127.0.0.1\" devtype=\"27\" devid=\"21\" subdevid=\"1\" chlid=\"1\" aux=\"0\" barcode=\"1\">true</inquire></list></bts>",
        BtsRequests.Inquire([new BtsPlace("127.0.0.1", 27, 21, 1, 1)]));

    [Fact]
    public void Requests_Download_IsTheRecordedQuestion() => Assert.Equal(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" ?><bts version=\"1.0\"><cmd>download</cmd><download devtype=\"27\" devid=\"21\" subdevid=\"1\" chlid=\"1\" auxid=\"0\" testid=\"143\" startpos=\"219576\" count=\"1000\"/></bts>",
        BtsRequests.Download(new BtsPlace("127.0.0.1", 27, 21, 1, 1), 143, 219576, 1000));
}
