using System.IO.Ports;
using System.Text;
using CyclerControl.Core.Documents;
using CyclerControl.Instruments.Sessions;
using CyclerControl.Instruments.Transports;

namespace CyclerControl.Instruments.Profiles;

/// <summary>Reads <c>link</c>.</summary>
internal static class LinkReader
{
    private static readonly TimeSpan s_longestGap = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestSettle = TimeSpan.FromSeconds(2);

    public static LinkSettings Read(MappingReader? link)
    {
        if (link is null)
        {
            return LinkSettings.Default;
        }

        var terminator = link.Has("terminator") ? link.Text("terminator") : "\n";
        if (terminator is not (null or "\n" or "\r" or "\r\n"))
        {
            link.Report("terminator", "ends no message", "write \"\\n\", \"\\r\" or \"\\r\\n\", in double quotes");
        }

        var retry = link.Mapping("retry");
        var queries = retry?.WholeNumber("queries") ?? 0;
        retry?.Finish();
        var gap = TimeSpan.FromSeconds(link.Seconds("gap") ?? 0);
        if (gap > s_longestGap)
        {
            link.Report("gap", "is longer than 1 s", "a link that waits longer cannot switch off in time; use at most 1 s");
        }

        var settings = new LinkSettings([.. Encoding.ASCII.GetBytes(terminator ?? "\n")], Timeouts(link.Mapping("timeouts")), (int)queries, gap)
        {
            Serial = Serial(link.Mapping("serial")),
        };
        link.Finish();
        return settings;
    }

    private static SerialSettings Serial(MappingReader? serial)
    {
        if (serial is null)
        {
            return SerialSettings.Default;
        }

        var usual = SerialSettings.Default;
        var settle = serial.Seconds("settle");
        if (settle > s_longestSettle.TotalSeconds)
        {
            serial.Report("settle", "is longer than 2 s", "an instrument that talks that long after the fact is asked too much; use at most 2 s");
        }

        var read = new SerialSettings(
            (int)(serial.WholeNumber("baud") ?? usual.Baud),
            serial.Choice("parity") is { } parity ? (Parity)SerialWords.Parities.IndexOf(parity) : usual.Parity,
            (int)(serial.WholeNumber("data_bits") ?? usual.DataBits),
            serial.WholeNumber("stop_bits") == 2 ? StopBits.Two : StopBits.One,
            serial.Choice("handshake") is { } handshake ? (Handshake)SerialWords.Handshakes.IndexOf(handshake) : usual.Handshake,
            settle is { } seconds ? TimeSpan.FromSeconds(Math.Min(seconds, s_longestSettle.TotalSeconds)) : usual.Settle);
        serial.Finish();
        return read;
    }

    private static LinkTimeouts Timeouts(MappingReader? timeouts)
    {
        if (timeouts is null)
        {
            return LinkTimeouts.Default;
        }

        var read = new LinkTimeouts(
            Time(timeouts, "connect", LinkTimeouts.Default.Connect),
            Time(timeouts, "write", LinkTimeouts.Default.Write),
            Time(timeouts, "reply", LinkTimeouts.Default.Reply),
            Time(timeouts, "idle", LinkTimeouts.Default.Idle));
        timeouts.Finish();
        return read;
    }

    private static TimeSpan Time(MappingReader timeouts, string key, TimeSpan usual)
    {
        var seconds = timeouts.Seconds(key);
        if (seconds is < 0.001 or > 60)
        {
            timeouts.Report(key, "is out of bounds", "use 1 ms to 60 s");
        }

        return seconds is { } given ? TimeSpan.FromSeconds(given) : usual;
    }
}
