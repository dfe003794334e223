using System.Collections.Immutable;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Documents;
using CyclerControl.Instruments.Dialects.BioLogic.Library;
using CyclerControl.Instruments.Dialects.Land;
using CyclerControl.Instruments.Dialects.Neware.Messages;
using CyclerControl.Instruments.Dialects.Scpi;

namespace CyclerControl.Instruments.Profiles;

/// <summary>Reads a hardware profile from anybody's text, and reports everything that is wrong in one go. Any thread; never throws for the text.</summary>
public static class ProfileReader
{
    /// <param name="fileName">For messages; its stem must be the name inside.</param>
    /// <param name="text">YAML or JSON.</param>
    /// <returns>The profile, or null and the problems.</returns>
    public static (HardwareProfile? Profile, IReadOnlyList<Problem> Problems) Read(string fileName, string text)
    {
        var problems = new ProblemList(fileName);
        var profile = DocumentReader.Read(fileName, text, problems) is { } root ? Read(root, problems, fileName) : null;
        return (problems.Count == 0 && profile is not null ? profile with { Text = text } : null, problems.Items);
    }

    private static HardwareProfile? Read(MappingNode root, ProblemList problems, string fileName)
    {
        var reader = new MappingReader(root, ProfileKeys.Profile, problems);
        var name = reader.Text("profile");
        FileNameRule.Check(reader, "profile", name, fileName);
        var about = reader.Text("about");
        var adapter = Adapter(reader);
        var channels = reader.Mapping("channels");
        var count = channels?.WholeNumber("count");
        var first = channels?.WholeNumber("first") ?? 1;
        channels?.Finish();
        var quirks = Quirks(reader);
        var watchdog = WatchdogOf(reader);
        var electrical = new ElectricalReader(reader).Read(watchdog?.Timeout);
        var link = LinkReader.Read(reader.Mapping("link"));
        var hasAbortConnection = reader.Has("abort_connection") && reader.Boolean("abort_connection") == true;
        var language = adapter == ProfileAdapter.Scpi ? new LanguageReader(reader, quirks).Read() : null;
        if (adapter is not null and not ProfileAdapter.Scpi)
        {
            if (hasAbortConnection)
            {
                reader.Report("abort_connection", "belongs to a scpi profile", "leave it out: there is no wire");
            }

            RefuseLanguage(reader);
        }

        var schedule = new ScheduleReader(reader, adapter);
        var poll = schedule.Poll(electrical?.Capabilities.AbortLatency);
        var bioLogic = schedule.BioLogic(electrical?.Capabilities.CurrentRanges ?? []);
        var neware = schedule.Neware();
        var land = schedule.Land(electrical?.Capabilities);
        var transcript = Transcript(reader);
        reader.Finish();
        if (language is not null && count is { } outputs)
        {
            CapabilityCheck.Check(reader, language, (int)outputs, electrical?.Capabilities, watchdog);
        }

        return name is null || about is null || adapter is null || count is null || electrical is null ? null : new HardwareProfile
        {
            Name = name,
            About = about,
            Adapter = adapter.Value,
            ChannelCount = (int)count.Value,
            FirstChannel = (int)first,
            Capabilities = electrical.Capabilities with
            {
                HoldsVoltage = language?.Command(ScpiCommandName.ModeVoltage) is not null || adapter is not (null or ProfileAdapter.Scpi),
                Buffered = electrical.Capabilities.Buffered is { } buffered && language?.Buffer is { } buffer ? buffered with { Capacity = buffer.Size } : null,
                HasAbortConnection = hasAbortConnection,
                Schedule = poll is not { } every ? null
                    : bioLogic is not null ? new ScheduledOperation(every, RecordBlock.MostRows, CanSkip: true)
                    : neware is not null ? new ScheduledOperation(every, BtsRequests.MostRows, CanSkip: false)
                    : land is not null ? new ScheduledOperation(every, LandChannel.PageRows, CanSkip: false)
                    : null,
                IsWatched = adapter == ProfileAdapter.Land,
                StopLatency = electrical.Capabilities.AbortLatency
                    + (hasAbortConnection || adapter == ProfileAdapter.Simulated ? TimeSpan.Zero : link.Gap + link.Timeouts.Write + link.Timeouts.Reply),
            },
            VoltageResolutionVolts = electrical.VoltageResolutionVolts,
            VoltageGainFraction = electrical.VoltageGainFraction,
            Watchdog = watchdog,
            Link = link,
            Quirks = quirks,
            Language = language,
            BioLogic = bioLogic,
            Neware = neware,
            Land = land,
            Transcript = transcript,
        };
    }

    private static ProfileAdapter? Adapter(MappingReader reader)
    {
        switch (reader.Choice("adapter"))
        {
            case "scpi":
                return ProfileAdapter.Scpi;
            case "simulated":
                return ProfileAdapter.Simulated;
            case "neware":
                return ProfileAdapter.Neware;
            case "biologic":
                return ProfileAdapter.BioLogic;
            case "land":
                return ProfileAdapter.Land;
            default:
                return null;
        }
    }

    private static ImmutableArray<ProfileQuirk> Quirks(MappingReader reader)
    {
        if (!reader.Has("quirks") || reader.Sequence("quirks") is not { } list)
        {
            return [];
        }

        var quirks = ImmutableArray.CreateBuilder<ProfileQuirk>();
        foreach (var item in list.Items)
        {
            if (item is ScalarNode scalar && ValueReader.Choice(scalar, new ChoiceShape(ProfileKeys.QuirkWords), reader.Problems) is { } word)
            {
                quirks.Add((ProfileQuirk)ProfileKeys.QuirkWords.IndexOf(word));
            }
            else if (item is not ScalarNode)
            {
                reader.Problems.Add(item, "is not a quirk", $"write one of {string.Join(", ", ProfileKeys.QuirkWords)}");
            }
        }

        return quirks.ToImmutable();
    }

    private static WatchdogSettings? WatchdogOf(MappingReader reader)
    {
        if (reader.Mapping("watchdog") is not { } watchdog)
        {
            return null;
        }

        var shape = new QuantityShape([Core.Quantities.Dimension.Time], SignRule.Positive);
        var bounds = watchdog.Sequence("range")?.Items
            .Select(item => item is ScalarNode scalar ? ValueReader.Quantity(scalar, shape, reader.Problems) : null).ToArray();
        var wish = watchdog.Seconds("timeout");
        watchdog.Finish();
        if (bounds is null || bounds.Contains(null))
        {
            return null;
        }

        if (bounds is not [{ } shortest, { } longest] || shortest.BaseNumber > longest.BaseNumber)
        {
            watchdog.Report("range", "is not the shortest and the longest time", "write range: [1 s, 3600 s]");
            return null;
        }

        if (wish < shortest.BaseValue || wish > longest.BaseValue)
        {
            watchdog.Report("timeout", "lies outside the range", $"use {shortest} to {longest}");
            return null;
        }

        return new WatchdogSettings(
            TimeSpan.FromSeconds(shortest.BaseValue),
            TimeSpan.FromSeconds(longest.BaseValue),
            TimeSpan.FromSeconds(wish ?? Math.Clamp(30, shortest.BaseValue, longest.BaseValue)));
    }

    private static ImmutableArray<TranscriptLine> Transcript(MappingReader reader)
    {
        if (!reader.Has("transcript") || reader.Mappings("transcript") is not { } lines)
        {
            return [];
        }

        var transcript = ImmutableArray.CreateBuilder<TranscriptLine>();
        foreach (var line in lines)
        {
            if (line.Text("send") is { } send)
            {
                transcript.Add(new TranscriptLine(send, line.Has("reply") ? line.Text("reply") : null));
            }

            line.Finish();
        }

        return transcript.ToImmutable();
    }

    private static void RefuseLanguage(MappingReader reader)
    {
        foreach (var key in ProfileKeys.Scpi.Where(key => reader.Has(key.Name)))
        {
            reader.Report(key.Name, "belongs to a scpi profile", "leave it out, or write adapter: scpi");
        }
    }
}
