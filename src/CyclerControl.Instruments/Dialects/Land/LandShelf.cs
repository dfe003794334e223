using CyclerControl.Core.Channels;

namespace CyclerControl.Instruments.Dialects.Land;

/// <summary>Where the files of a station's LAND channels stand, and how they are opened. One thread.</summary>
/// <param name="instrument">Its name in the station, for messages.</param>
/// <param name="path">The folder.</param>
/// <param name="pattern">Of file names; null: that of <c>.cex</c> files.</param>
/// <param name="scale">Of a <c>.cex</c> file.</param>
/// <param name="clock">The link's.</param>
/// <param name="patience">How long a file may be locked or away before that is believed.</param>
internal sealed class LandShelf(string instrument, string path, string? pattern, CexScale scale, IClock clock, TimeSpan patience)
{
    private readonly LandFormat _format = LandFormats.OfPattern(pattern);
    private readonly LandFolder _folder = new(path, LandFormats.OfPattern(pattern), pattern);

    public string Path => path;

    /// <summary>Why the folder cannot be read now; null: it can.</summary>
    public string? Obstacle => Directory.Exists(path) ? null : $"the folder '{path}' is not there; is the share mounted, is the path right?";

    /// <summary>The newest test of a channel.</summary>
    /// <param name="ticket">What to keep of it.</param>
    /// <exception cref="InstrumentErrorException">There is none.</exception>
    /// <exception cref="LinkFaultException">The folder cannot be read.</exception>
    public LandFile Newest(ChannelId channel, out string ticket)
    {
        var found = Look(channel);
        ticket = found is { Path: { } at, Head: { } head } ? head.Ticket(System.IO.Path.GetFileName(at)) : throw Refused(
            channel, $"{found.Message}: start the test at the instrument's own software, then watch it");
        return new LandFile(found.Path, _format, scale, clock, patience);
    }

    /// <summary>The name of the file in which the newest test of a channel is; null where none is.</summary>
    /// <exception cref="LinkFaultException">The folder cannot be read.</exception>
    public string? NewestName(ChannelId channel) => System.IO.Path.GetFileName(Look(channel).Path);

    /// <summary>The file of which this ticket was kept, under whatever name; null: it is not there any more.</summary>
    /// <exception cref="LinkFaultException">The folder cannot be read.</exception>
    public LandFile? Find(ChannelId channel, string ticket)
    {
        var found = _folder.Find(channel.Number, ticket);
        return !found.IsReachable ? throw Away(channel, found.Message)
            : found.Path is { } at ? new LandFile(at, _format, scale, clock, patience)
            : null;
    }

    private LandFound Look(ChannelId channel)
    {
        var found = _folder.Newest(channel.Number);
        return found.IsReachable ? found : throw Away(channel, found.Message);
    }

    private LinkFaultException Away(ChannelId channel, string why) => new($"{channel}: {why}") { Instrument = instrument, Channel = channel };

    private InstrumentErrorException Refused(ChannelId channel, string why) => new($"{channel}: {why}") { Instrument = instrument, Channel = channel };
}
