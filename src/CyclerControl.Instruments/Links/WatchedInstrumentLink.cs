using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.Land;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Stations;

namespace CyclerControl.Instruments.Links;

/// <summary>The way to the files of other software. Untested on hardware.</summary>
public sealed class WatchedInstrumentLink : IInstrumentLink
{
    private readonly HardwareProfile _profile;
    private readonly LandSettings _settings;
    private readonly IClock _clock;
    private readonly ReopenPolicy _reopen;
    private readonly Func<LandShelf> _newShelf;

    internal WatchedInstrumentLink(
        InstrumentAddress address, WatchAddress place, HardwareProfile profile, IClock clock, bool isSimulated, TimeProvider timeProvider)
    {
        Address = address;
        IsSimulated = isSimulated;
        _profile = profile;
        _settings = profile.Land!;
        _clock = clock;
        _reopen = new ReopenPolicy(timeProvider);
        var scale = new CexScale(_settings.VoltsPerCount, _settings.AmperesPerCount, _settings.SignedVolts);
        _newShelf = () => new LandShelf(address.Name, place.Folder, place.Files, scale, clock, profile.Link.Timeouts.Reply);
        Compiler = new WatchCompiler();
    }

    public InstrumentAddress Address { get; }

    public bool IsSimulated { get; }

    public IReadOnlyList<int> ChannelNumbers => _profile.ChannelNumbers;

    public ChannelCapabilities Capabilities => _profile.Capabilities;

    public TimeSpan ReplyTimeout => _profile.Link.Timeouts.Reply;

    public IScheduleCompiler? Compiler { get; }

    /// <summary>By the last change of the file and the test time of its last record: files carry the time of a zone that nobody says.</summary>
    public TimeSpan RecordAge(int channel)
    {
        var file = _newShelf().Newest(new ChannelId(Address.Name, channel), out _);
        var tested = TimeSpan.FromSeconds(LandTestTime.Of(file));
        var now = _clock.Origin + TimeSpan.FromTicks(_clock.NowNanoseconds / 100);
        return _clock.Kind == ClockKind.Wall && file.LastWriteUtc is { } written && written < now ? now - written + tested : tested;
    }

    public IInstrument Open()
    {
        var shelf = _newShelf();
        return shelf.Obstacle is { } obstacle
            ? throw new InstrumentUnreachableException($"{Address.Name}: {obstacle}") { Instrument = Address.Name }
            : new LandInstrument(Address.Name, _profile, _settings, shelf, _clock);
    }

    public Task<IInstrument> OpenWithRetryAsync(Action<InstrumentException> attemptFailed, CancellationToken cancellation) =>
        _reopen.RunAsync(Open, attemptFailed, cancellation);
}
