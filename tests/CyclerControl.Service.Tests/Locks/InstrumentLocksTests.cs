using CyclerControl.Acquisition.Links;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Links;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Service.Locks;
using CyclerControl.Service.Stations;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Service.Tests.Locks;

public sealed class InstrumentLocksTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("locks-").FullName, "cyclercontrol");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    private InstrumentLocks Take(params IEnumerable<IInstrumentLink> links) => InstrumentLocks.Take(links, TimeProvider.System, _folder);

    private static FakeInstrumentLink Real(string name) => new(new ManualClock(ClockKind.Wall), name: name) { IsSimulated = false };

    [Fact]
    public void Take_OneOfThemIsHeld_RefusesAndTakesNone()
    {
        using var first = Take(Real("b"));

        var refused = Assert.Throws<HeldElsewhereException>(() => Take(Real("a"), Real("b")));

        using var other = Take(Real("a"));
    }

    [Fact]
    public void Take_Simulated_NeedsNone()
    {
        using var none = Take(new FakeInstrumentLink(new ManualClock()));

        Assert.False(Directory.Exists(_folder));
    }

    [Fact]
    public void Take_Watched_NeedsNone()
    {
        using var none = Take(new FakeInstrumentLink(new ManualClock(ClockKind.Wall), capabilities: FakeScheduledChannel.Watched) { IsSimulated = false });

        Assert.False(Directory.Exists(_folder));
    }

    [Theory]
    [InlineData("neware-bts-8ch", "neware://bts.lab?unit=1&share=/s&bts_path=C", "neware://bts.lab?unit=2&share=/s&bts_path=C")]
    [InlineData("keithley-2400", "serial://auto?id=1", "serial://auto?id=2")]
    [InlineData("keithley-2400", "serial://COM3", "serial://COM4")]
    public void Take_TwoBehindOneAddress_AreTwo(string profile, string one, string other)
    {
        IInstrumentFactory[] factories = [new NewareInstrumentFactory(ProfileLibrary.Shipped), new SerialInstrumentFactory(ProfileLibrary.Shipped)];
        IInstrumentLink Link(string name, string connect) => factories.Single(f => f.Scheme == new Uri(connect).Scheme)
            .CreateLink(new InstrumentAddress(name, profile, new Uri(connect)), new ManualClock(ClockKind.Wall));

        using var both = Take(Link("a", one), Link("b", other));
        Assert.Throws<HeldElsewhereException>(() => Take(Link("c", one)));
    }

    [Fact]
    public void Dispose_Taken_LeavesNothing()
    {
        Take(Real("a"), Real("b")).Dispose();

        Assert.Empty(Directory.GetFiles(_folder));
        if (!OperatingSystem.IsWindows())
        {
            Assert.True(File.GetUnixFileMode(_folder).HasFlag(UnixFileMode.OtherWrite | UnixFileMode.StickyBit));
        }
    }

    [Fact]
    public void Take_WhateverTheUmask_AnotherUserCouldTakeWhatIsLeftBehind()
    {
        using var taken = Take(Real("a"));

        foreach (var file in Directory.GetFiles(_folder))
        {
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherRead | UnixFileMode.OtherWrite), file);
        }
    }

    [Fact]
    public void Take_FolderCannotBeMade_RefusesBecauseNobodyKnows()
    {
        File.WriteAllText(_folder, "in the way");

        Assert.Contains("cannot be found out", Assert.Throws<HeldElsewhereException>(() => Take(Real("a"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StationHost_InstrumentHeld_OpensNothing()
    {
        using var first = Take(Real("demo"));
        var link = Real("demo");
        var station = Plating.Station(link, new ManualClock(ClockKind.Wall)) with { LocksFolder = _folder };
        var host = new StationHost(station, SilentLinkObserver.Instance, TimeProvider.System);

        await Assert.ThrowsAsync<HeldElsewhereException>(() => host.StartAsync(CancellationToken.None));

        Assert.Equal(0, link.Opened);
        await host.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task StationHost_Stopped_HasGivenTheInstrumentUp()
    {
        var station = Plating.Station(Real("demo"), new ManualClock(ClockKind.Wall)) with { LocksFolder = _folder };
        var host = new StationHost(station, SilentLinkObserver.Instance, TimeProvider.System);
        await host.StartAsync(CancellationToken.None);
        Assert.Throws<HeldElsewhereException>(() => Take(Real("demo")));

        await host.StopAsync(CancellationToken.None);

        using var next = Take(Real("demo"));
    }
}
