using System.Collections.Immutable;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Documents;
using CyclerControl.Instruments.Dialects.Scpi;

namespace CyclerControl.Instruments.Profiles;

/// <summary>A capability without its command is a promise that cannot be kept: refused when the file is read, not when a cell is on.</summary>
internal static class CapabilityCheck
{
    private static readonly ImmutableArray<ScpiCommandName> s_needed =
        [ScpiCommandName.ModeCurrent, ScpiCommandName.Current, ScpiCommandName.VoltageLimit, ScpiCommandName.OutputOn];

    public static void Check(MappingReader profile, ScpiLanguage language, int channelCount, ChannelCapabilities? capabilities, WatchdogSettings? watchdog)
    {
        var commands = profile.Mapping("commands");
        foreach (var name in s_needed)
        {
            Need(commands, language, name, "every instrument needs it");
        }

        if (capabilities is { CurrentRanges.Length: > 1 })
        {
            Need(commands, language, ScpiCommandName.CurrentRange, "there is more than one current range");
        }

        if (watchdog is not null)
        {
            Need(commands, language, ScpiCommandName.WatchdogArm, "the profile has a watchdog");
            Need(commands, language, ScpiCommandName.WatchdogDisarm, "the profile has a watchdog");
        }
        else if (Has(commands, ScpiCommandName.WatchdogArm))
        {
            commands!.Report("watchdog_arm", "arms a watchdog that the profile does not state", "add watchdog: { range: [1 s, 3600 s] } with the instrument's bounds");
        }

        var isVoltageSource = Has(commands, ScpiCommandName.ModeVoltage) || Has(commands, ScpiCommandName.Voltage);
        if (isVoltageSource)
        {
            Need(commands, language, ScpiCommandName.ModeVoltage, "voltage is given");
            Need(commands, language, ScpiCommandName.Voltage, "mode_voltage is given");
            Need(commands, language, ScpiCommandName.CurrentLimit, "a held voltage needs a ceiling of the current");
        }

        if (channelCount > 1)
        {
            CheckChannels(profile, commands, language);
        }

        CheckBuffer(profile, language, channelCount, capabilities?.Buffered);
        if (language.NoReadingWhenOff && capabilities is { Rest: RestBehaviour.Open })
        {
            profile.Report("rest", "is open, where nothing can be read with the output off", "write rest: zero_current, or leave the quirk no_reading_when_off out");
        }

        if (language is { SampleSwapsInVoltageMode: true, SampleAll: not null })
        {
            profile.Report("quirks", "cannot be combined with sample_all", "leave sample_all out: channels in different modes would be mixed up");
        }
    }

    private static void CheckBuffer(MappingReader profile, ScpiLanguage language, int channelCount, BufferedSampling? sampling)
    {
        var queries = profile.Mapping("queries");
        if (sampling is not null && queries?.Has("buffer") != true)
        {
            queries?.Report("sample", "is the only way to read, and sampling.buffered promises another", "add queries.buffer, or leave sampling.buffered out");
        }

        if (language.Buffer is not { } buffer)
        {
            return;
        }

        if (sampling is null && profile.Mapping("sampling")?.Has("buffered") != true)
        {
            queries!.Report("buffer", "is never used: nothing says how fast it is", "add buffered: { fastest: 1 ms, every: 20 ms } to sampling");
        }
        else if (sampling is not null && buffer.Size * sampling.Fastest.TotalSeconds < 2 * sampling.FetchEvery.TotalSeconds)
        {
            queries!.Report("buffer", "overflows between two fetches", "size times sampling.buffered.fastest must be at least twice sampling.buffered.every");
        }

        var named = new[] { buffer.Send, buffer.End, buffer.Overflow?.Send }.OfType<MessageTemplate>()
            .Concat(buffer.Start.Exchanges.Concat(buffer.Stop.Exchanges).Select(exchange => exchange.Send));
        if (channelCount > 1 && !named.All(message => message.NamesChannel))
        {
            queries!.Report("buffer", "does not say which channel", "there is more than one: put {channel} into each send");
        }
    }

    // A message that leaves the channel out would change another cell's output.
    private static void CheckChannels(MappingReader profile, MappingReader? commands, ScpiLanguage language)
    {
        foreach (var kind in ScpiCommandKind.All)
        {
            if (language.Command(kind.Name) is { } command && !command.Exchanges.All(exchange => exchange.Send.NamesChannel))
            {
                commands!.Report(kind.Key, "does not say which channel", "there is more than one: put {channel} into each send");
            }
        }

        if (!language.Sample.Send.NamesChannel)
        {
            profile.Mapping("queries")!.Report("sample", "does not say which channel", "there is more than one: put {channel} into send");
        }
    }

    private static bool Has(MappingReader? commands, ScpiCommandName name) => commands?.Has(ScpiCommandKind.All[(int)name].Key) == true;

    private static void Need(MappingReader? commands, ScpiLanguage language, ScpiCommandName name, string why)
    {
        // A command that is there and wrong has its own problem.
        if (commands is not null && language.Command(name) is null && !Has(commands, name))
        {
            var kind = ScpiCommandKind.All[(int)name];
            commands.Report(kind.Key, $"is missing: {why}", $"write {kind.Key}: {{ send: \"...\" }}");
        }
    }
}
