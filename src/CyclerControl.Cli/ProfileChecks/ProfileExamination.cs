using System.Diagnostics;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.Scpi;
using CyclerControl.Instruments.Profiles;

namespace CyclerControl.Cli.ProfileChecks;

/// <summary>
/// Tries a SCPI profile on a live instrument, as a run would begin, and never switches an output on. It ends at the first thing that fails; the outputs are
/// switched off again, whatever happened.
/// </summary>
internal static class ProfileExamination
{
    public const string Identify = "identify";

    private const int TimedExchanges = 50;

    public static ProfileFindings Examine(IInstrumentLink link, HardwareProfile profile)
    {
        var tried = new List<ProfileFinding>();
        ExchangeTimes? times = null;
        var reached = false;
        try
        {
            using var instrument = (ScpiInstrument)link.Open();
            reached = true;
            try
            {
                Begin(tried, instrument);
                Try(tried, "safe state", () =>
                {
                    instrument.SafeState();
                    return "all outputs off, confirmed";
                });
                foreach (var channel in instrument.Channels.Cast<ScpiChannel>())
                {
                    Try(tried, $"limits of {channel.Id.Number}", () => Limits(channel));
                    Try(tried, $"reading of {channel.Id.Number}", () => Read(channel));
                    if (profile.Language!.NoReadingWhenOff)
                    {
                        tried[^1] = tried[^1] with { WasTried = false };
                    }
                }

                Try(tried, "exchange time", () => Words(times = Time(instrument, profile)));
            }
            finally
            {
                Off(instrument, tried);
            }
        }
        catch (InstrumentException failure)
        {
            if (tried is not [.., { Passed: false }])
            {
                tried.Add(new ProfileFinding(reached ? "outputs off" : "connect", false, failure.Message));
            }
        }

        return new ProfileFindings(tried, times, reached);
    }

    /// <summary>Who is it; and where it is the right one: all outputs off, and the setup of the profile.</summary>
    private static void Begin(List<ProfileFinding> tried, ScpiInstrument instrument)
    {
        try
        {
            instrument.Initialize(null);
            tried.Add(new ProfileFinding(Identify, true, instrument.Identity.ToString()));
        }
        catch (InstrumentException failure)
        {
            if (instrument.IsIdentified)
            {
                tried.Add(new ProfileFinding(Identify, true, instrument.Identity.ToString()));
            }

            tried.Add(new ProfileFinding(instrument.IsIdentified ? "setup, off" : Identify, false, Words(failure)));
            throw;
        }
    }

    private static void Try(List<ProfileFinding> tried, string what, Func<string> act)
    {
        try
        {
            tried.Add(new ProfileFinding(what, true, act()));
        }
        catch (InstrumentException failure)
        {
            tried.Add(new ProfileFinding(what, false, Words(failure)));
            throw;
        }
    }

    private static void Off(ScpiInstrument instrument, List<ProfileFinding> tried)
    {
        if (!instrument.IsIdentified)
        {
            return; // Whoever that is: nothing is written to it.
        }

        if (tried is [.., { Passed: true }])
        {
            Try(tried, "outputs off", () =>
            {
                foreach (var channel in instrument.Channels)
                {
                    channel.Release();
                }

                return instrument.Channels[0].Capabilities.WatchdogTimeout is null ? "off again, confirmed; NO WATCHDOG" : "off again, confirmed; watchdog disarmed";
            });
        }
        else
        {
            instrument.SafeState();
        }
    }

    /// <summary>Half of what the channel can do, on its lowest range, with 0 A: written and read back, output off.</summary>
    private static string Limits(ScpiChannel channel)
    {
        channel.Prepare();
        var capabilities = channel.Capabilities;
        var (low, high) = (capabilities.MinVolts / 2, capabilities.MaxVolts / 2);
        channel.Rehearse(new Setpoint(OutputMode.Current, 0, 0, low, high, null));
        return FormattableString.Invariant($"{low:0.###} V to {high:0.###} V written and read back with the output off");
    }

    private static string Read(ScpiChannel channel)
    {
        var reading = channel.Read();
        return reading.Quality == ReadingQuality.Valid
            ? FormattableString.Invariant($"{reading.Volts:0.######} V, {reading.Amperes:0.###E+0} A with the output off")
            : "gives no number while its output is off: sample.reply is tried by the first run only";
    }

    private static ExchangeTimes Time(ScpiInstrument instrument, HardwareProfile profile)
    {
        var milliseconds = new double[TimedExchanges];
        var asks = profile.Language!.NoReadingWhenOff;
        for (var i = 0; i < milliseconds.Length; i++)
        {
            var since = Stopwatch.GetTimestamp();
            if (asks)
            {
                instrument.KeepAlive();
            }
            else
            {
                _ = instrument.Channels[0].Read();
            }

            milliseconds[i] = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        return new ExchangeTimes(milliseconds.Length, milliseconds[milliseconds.Length / 2], milliseconds[^1], AreReadings: !asks);
    }

    private static string Words(ExchangeTimes times) => FormattableString.Invariant(
        $"{times.MedianMilliseconds:0.##} ms (median), {times.LongestMilliseconds:0.##} ms (longest of {times.Exchanges}); proposed: link.timeouts.reply {times.ProposedReplyMilliseconds:0} ms, {Fastest(times)}");

    private static string Fastest(ExchangeTimes times) => times.ProposedFastestMilliseconds is { } fastest
        ? FormattableString.Invariant($"sampling.fastest {fastest:0} ms for one channel")
        : "and no sampling.fastest, since no reading was timed: take it from the manual (integration time), and look at the missed deadlines of a first run";

    private static string Words(InstrumentException failure) => failure.LastExchanges.Count == 0
        ? failure.Message
        : $"{failure.Message}; last exchanges: {string.Join(" | ", failure.LastExchanges.TakeLast(3))}";
}
