using System.Collections.Immutable;
using System.Globalization;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Documents;
using CyclerControl.Instruments.Dialects.BioLogic;
using CyclerControl.Instruments.Dialects.Land;
using CyclerControl.Instruments.Dialects.Neware;

namespace CyclerControl.Instruments.Profiles;

/// <summary>Reads what the profile of a schedule instrument has besides.</summary>
internal sealed class ScheduleReader(MappingReader profile, ProfileAdapter? adapter)
{
    private const int LargestBandwidthOfVmp3 = 7;
    private const int UsualBandwidth = 5;

    /// <summary>How often its record is fetched; null on set-point instruments.</summary>
    /// <param name="abortLatency">As the profile states it; null where it could not be read.</param>
    public TimeSpan? Poll(TimeSpan? abortLatency)
    {
        var isScheduled = adapter is ProfileAdapter.BioLogic or ProfileAdapter.Neware or ProfileAdapter.Land;
        if (!profile.Has("schedule"))
        {
            if (isScheduled)
            {
                profile.Report("schedule", "is missing", "write schedule: { poll: 1 s }, or 5 s for neware and land");
            }

            return null;
        }

        var schedule = profile.Mapping("schedule");
        var poll = schedule?.Seconds("poll");
        if (poll is < 0.1 or > 60)
        {
            schedule!.Report("poll", "is out of bounds", "use 100 ms to 60 s");
        }

        if (adapter == ProfileAdapter.Neware && poll < BtsSettings.ShortestPoll.TotalSeconds)
        {
            schedule!.Report("poll", "is shorter than what it could show", "use 5 s or more: the data of the BTS program may be that old anyway");
        }

        if (isScheduled && poll is { } every && abortLatency?.TotalSeconds < every)
        {
            profile.Report("abort_latency", "is shorter than schedule.poll", "what is decided on fetched rows is decided up to one poll late: add that to the time of the stop");
        }

        schedule?.Finish();
        if (!isScheduled && adapter is not null)
        {
            profile.Report("schedule", "belongs to an instrument that runs a schedule by itself", "leave it out");
        }

        return isScheduled && poll is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    public BtsSettings? Neware()
    {
        if (adapter != ProfileAdapter.Neware)
        {
            if (profile.Has("neware"))
            {
                profile.Report("neware", "belongs to a neware profile", "leave it out, or write adapter: neware");
            }

            return null;
        }

        var settings = profile.Mapping("neware");
        var version = settings?.WholeNumber("step_file");
        settings?.Finish();
        return version is { } given ? new BtsSettings((int)given) : BtsSettings.Default;
    }

    public BioLogicSettings? BioLogic(ImmutableArray<CurrentRange> ranges)
    {
        if (adapter != ProfileAdapter.BioLogic)
        {
            if (profile.Has("biologic"))
            {
                profile.Report("biologic", "belongs to a biologic profile", "leave it out, or write adapter: biologic");
            }

            return null;
        }

        if (!profile.Has("biologic"))
        {
            profile.Report("biologic", "is missing", "write biologic: { family: vmp3 } or { family: sp300 }");
            return null;
        }

        var settings = profile.Mapping("biologic");
        var family = settings?.Choice("family");
        var bandwidth = settings?.WholeNumber("bandwidth") ?? UsualBandwidth;
        if (family == "vmp3" && bandwidth > LargestBandwidthOfVmp3)
        {
            settings!.Report("bandwidth", "is not one of this family", $"use 1 to {LargestBandwidthOfVmp3}");
        }

        var techniques = settings?.WholeNumber("techniques") ?? BioLogicSettings.MostTechniques;
        settings?.Finish();
        CheckRanges(ranges);
        return family is null ? null : new BioLogicSettings(family == "sp300" ? EcLabFamily.Sp300 : EcLabFamily.Vmp3, (int)bandwidth, (int)techniques);
    }

    public LandSettings? Land(ChannelCapabilities? channel)
    {
        if (adapter != ProfileAdapter.Land)
        {
            if (profile.Has("land"))
            {
                profile.Report("land", "belongs to a land profile", "leave it out, or write adapter: land");
            }

            return null;
        }

        if (!profile.Has("land"))
        {
            profile.Report("land", "is missing", "write land: { volts_per_count: 0.155 mV, amperes_per_count: 0.31 uA }: what one count of a .cex file means on your channels");
            return null;
        }

        var settings = profile.Mapping("land");
        var volts = settings?.Quantity("volts_per_count")?.BaseValue;
        var amperes = settings?.Quantity("amperes_per_count")?.BaseValue;
        var signed = settings is not null && settings.Has("signed_volts") ? settings.Boolean("signed_volts") : null;
        var silent = settings?.Seconds("silent_after");
        if (silent is < 1 or > 86_400)
        {
            settings!.Report("silent_after", "is out of bounds", "use 1 s to 1 d");
        }

        if (channel is not null)
        {
            CheckCounts(settings, "volts_per_count", volts, Math.Max(Math.Abs(channel.MinVolts), Math.Abs(channel.MaxVolts)), "V");
            CheckCounts(settings, "amperes_per_count", amperes, channel.MaxAmperes, "A");
        }

        settings?.Finish();
        return volts is null || amperes is null
            ? null
            : new LandSettings(volts.Value, amperes.Value, signed, silent is { } seconds ? TimeSpan.FromSeconds(seconds) : LandSettings.UsualSilence);
    }

    /// <summary>A count is a 32767th of something like the range: mA for uA must not go unseen.</summary>
    private static void CheckCounts(MappingReader? settings, string key, double? perCount, double range, string unit)
    {
        if (perCount * short.MaxValue / range is < 0.5 or > 10)
        {
            settings!.Report(key, string.Create(
                CultureInfo.InvariantCulture, $"does not fit the channel's {range:0.######} {unit}"), string.Create(CultureInfo.InvariantCulture, $"32767 counts are {perCount * short.MaxValue:0.######} {unit}; correct it, or ranges"));
        }
    }

    private void CheckRanges(ImmutableArray<CurrentRange> ranges)
    {
        foreach (var range in ranges.Where(range => EcLabRanges.CurrentCode(range.Name, range.MaxAmperes) is null))
        {
            profile.Report("ranges", $"has the current range '{range.Name}', which the vendor has not", "use powers of ten from 1 pA to 1 A, and the name booster");
        }
    }
}
