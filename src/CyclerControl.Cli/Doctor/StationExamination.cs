using CyclerControl.Acquisition.Links;
using CyclerControl.Core.Channels;
using CyclerControl.Service.Locks;
using CyclerControl.Service.Stations;

namespace CyclerControl.Cli.Doctor;

/// <summary>What was found out about one instrument of the station.</summary>
/// <param name="Name">In the station.</param>
/// <param name="Identity">Who answered; null when nobody did.</param>
/// <param name="Says">In words: identity and safe state, or why not.</param>
/// <param name="Watchdog">What protects a cell when this computer dies.</param>
/// <param name="Advice">What should be changed; empty: nothing.</param>
internal sealed record InstrumentFindings(string Name, string? Identity, string Says, string Watchdog, IReadOnlyList<string> Advice);

/// <summary>
/// Opens each instrument as a run would: identified, all outputs off and confirmed. Instruments that another program uses are left alone.
/// </summary>
internal static class StationExamination
{
    public static async Task<IReadOnlyList<InstrumentFindings>> ExamineAsync(StationLinks station)
    {
        var found = new List<InstrumentFindings>();
        foreach (var instrument in station.Instruments)
        {
            found.Add(await ExamineAsync(station with { Instruments = [instrument] }, instrument.Link));
        }

        return found;
    }

    private static async Task<InstrumentFindings> ExamineAsync(StationLinks alone, IInstrumentLink link)
    {
        var (name, watchdog) = (link.Address.Name, Safeguards.Watchdog(link.Capabilities));
        List<string> advice = link is { IsSimulated: false, Capabilities.WatchdogTimeout: null } ? [$"{name}: {watchdog}"] : [];
        var host = new StationHost(alone, SilentLinkObserver.Instance, TimeProvider.System);
        try
        {
            await host.StartAsync(CancellationToken.None);
            var channels = alone.Channels.ToList();
            var identity = await host.LinkOf(channels[0]).WhenOpenAsync();
            if (identity.SerialNumber is null && !link.IsSimulated)
            {
                advice.Add($"{name}: it has no serial number, so that another unit of its type could not be told from it");
            }

            var unread = await UnreadAsync(host, channels);
            if (!link.Capabilities.IsWatched)
            {
                advice.AddRange(unread.Select(reason => $"{name}: {reason}"));
            }

            return new InstrumentFindings(
                name, identity.ToString(), $"{identity}; {Outputs(link.Capabilities, channels.Count - unread.Count, channels.Count)}", watchdog, advice);
        }
        catch (HeldElsewhereException held)
        {
            return new InstrumentFindings(name, null, $"left alone: {held.Message}", watchdog, [.. advice, $"{name}: not examined, since another program uses it"]);
        }
        catch (InstrumentException failure)
        {
            return new InstrumentFindings(name, null, "could not be opened", watchdog, [.. advice, failure.Message]);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static string Outputs(ChannelCapabilities can, int read, int channels) => can switch
    {
        { IsWatched: true } => $"watched only; {read} of {channels} channels have a record",
        { Schedule: not null } => $"runs by itself, left as it is; {read} of {channels} channels read",
        _ => $"outputs off, confirmed; {read} of {channels} channels read with their output off",
    };

    private static async Task<IReadOnlyList<string>> UnreadAsync(StationHost host, IEnumerable<ChannelId> channels)
    {
        var reasons = new List<string>();
        foreach (var channel in channels)
        {
            if (await host.LinkOf(channel).ReadIdleAsync(channel) is { Reason: { } reason })
            {
                reasons.Add(reason);
            }
        }

        return reasons;
    }
}
