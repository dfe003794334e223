using System.Collections.Immutable;
using System.Text;

namespace CyclerControl.Instruments.Dialects.Neware.Messages;

/// <summary>What the program says about its hardware.</summary>
/// <param name="Client">Its own version; null where it does not say.</param>
internal sealed record BtsDeviceInfo(ImmutableArray<BtsPlace> Channels, string? Client);

/// <summary>The live view of one channel: four decimals, up to 5 s old; never integrated.</summary>
/// <param name="WorkStatus">As the program says it.</param>
/// <param name="Barcode">What the last start was told.</param>
internal readonly record struct BtsLive(string WorkStatus, string Barcode, double Volts, double Amperes, double? Celsius);

/// <summary>The present test of a channel, or its last.</summary>
/// <param name="TestId">Names it, together with the channel.</param>
/// <param name="Count">Rows stored.</param>
/// <param name="IsComplete">The test is over, and all of it is stored.</param>
internal readonly record struct BtsUpload(long TestId, long Count, bool IsComplete);

/// <summary>One row of a test's record, in the program's units.</summary>
/// <param name="StepMilliseconds">Since the step began, despite its name on the wire, <c>testtime</c>.</param>
/// <param name="AmpHours">Of the step.</param>
/// <param name="WattHours">Of the step.</param>
internal readonly record struct BtsRow(
    long Sequence, long StepId, long CycleId, BtsStepWord Word, double StepMilliseconds, double Volts, double Amperes, double AmpHours, double WattHours);

/// <summary>
/// Reads replies as real programs send them: misspelt names, counts that are wrong, addresses that are not those asked. Answers belong to questions by
/// their place in the list.
/// </summary>
/// <exception cref="FormatException">No such reply; each member.</exception>
internal static class BtsReplies
{
    private static readonly string[] s_commands = ["connect", "getdevinfo", "getchlstatus", "inquire", "inquiredf", "download", "start", "stop", "downloadlog", "downloadStepLayer"];

    public static BtsDeviceInfo DeviceInfo(ReadOnlySpan<byte> reply)
    {
        var channels = ImmutableArray.CreateBuilder<BtsPlace>();
        string? client = null;
        var xml = Begin(reply, "getdevinfo");
        while (xml.Read())
        {
            if (xml.Is("channel"u8))
            {
                channels.Add(new BtsPlace(
                    xml.Attribute("ip"u8) ?? "127.0.0.1",
                    Small(ref xml, "devtype"u8),
                    Small(ref xml, "devid"u8),
                    Small(ref xml, "subdevid"u8),
                    xml.TryAttribute("Channelid"u8, out _) ? Small(ref xml, "Channelid"u8) : Small(ref xml, "chlid"u8)));
            }
            else if (xml.Is("client"u8))
            {
                client = xml.Attribute("version"u8);
            }
        }

        return new BtsDeviceInfo(channels.ToImmutable(), client);
    }

    public static string Status(ReadOnlySpan<byte> reply)
    {
        string? status = null;
        var xml = Begin(reply, "getchlstatus");
        while (xml.Read())
        {
            if (xml.Is("status"u8))
            {
                status = status is null ? xml.TextString() : throw new FormatException("more states than channels that were asked");
            }
        }

        return status ?? throw new FormatException("no state");
    }

    /// <param name="channels">As many as were asked; the answers are in their order.</param>
    public static void Live(ReadOnlySpan<byte> reply, Span<BtsLive> channels)
    {
        var count = 0;
        var xml = Begin(reply, "inquire");
        while (xml.Read())
        {
            if (!xml.Is("inquire"u8))
            {
                continue;
            }

            if (count == channels.Length)
            {
                throw new FormatException("more channels than were asked");
            }

            channels[count++] = new BtsLive(
                xml.Attribute("workstatus"u8) ?? throw new FormatException("a channel without a state"),
                xml.Attribute("barcode"u8) ?? "",
                xml.Number("voltage"u8),
                xml.Number("current"u8),
                xml.TryAttribute("auxtemp"u8, out _) ? xml.Number("auxtemp"u8) : null);
        }

        if (count < channels.Length)
        {
            throw new FormatException("fewer channels than were asked");
        }
    }

    public static BtsUpload Upload(ReadOnlySpan<byte> reply)
    {
        BtsUpload? upload = null;
        var xml = Begin(reply, "inquiredf");
        while (xml.Read())
        {
            if (xml.Is("chl"u8))
            {
                upload = upload is null
                    ? new BtsUpload(xml.Whole("testid"u8), xml.Whole("count"u8), xml.Text.SequenceEqual("true"u8))
                    : throw new FormatException("more tests than channels that were asked");
            }
        }

        return upload ?? throw new FormatException("no test");
    }

    /// <summary>Allocates nothing for a row.</summary>
    /// <param name="first">Number of the first row that was asked for: earlier ones, or ones that go back, answer another question.</param>
    /// <returns>How many there are; what the reply says about it is not looked at.</returns>
    public static int Rows(ReadOnlySpan<byte> reply, long first, Span<BtsRow> rows)
    {
        var count = 0;
        var xml = Begin(reply, "download");
        while (xml.Read())
        {
            if (!xml.Is("data"u8))
            {
                _ = xml.Is("list"u8) && !xml.Text.IsEmpty ? throw new FormatException("text where a row should be") : true;
                continue;
            }

            if (count == rows.Length)
            {
                throw new FormatException("more rows than were asked");
            }

            var sequence = xml.Whole("seqid"u8);
            if (sequence < (count == 0 ? first : rows[count - 1].Sequence + 1))
            {
                throw new FormatException($"row {sequence} where rows from {first} on were asked, each behind the one before");
            }

            rows[count++] = new BtsRow(
                sequence,
                xml.Whole("stepid"u8),
                xml.Whole("cycleid"u8),
                xml.TryAttribute("steptype"u8, out var word) ? BtsStepWords.Read(word) : BtsStepWord.Unknown,
                Finite(ref xml, "testtime"u8),
                xml.Number("volt"u8),
                xml.Number("curr"u8),
                Finite(ref xml, "cap"u8),
                Finite(ref xml, "eng"u8));
        }

        return count;
    }

    /// <summary>Of <c>start</c> and <c>stop</c>: there is never a reason with a no.</summary>
    public static bool IsDone(ReadOnlySpan<byte> reply, string command)
    {
        bool? done = null;
        var name = Encoding.UTF8.GetBytes(command);
        var xml = Begin(reply, command);
        while (xml.Read())
        {
            if (xml.Is(name))
            {
                done = done is not null ? throw new FormatException("more answers than channels that were told")
                    : xml.Text.SequenceEqual("ok"u8) ? true
                    : xml.Text.SequenceEqual("false"u8) ? false
                    : throw new FormatException("neither ok nor false");
            }
        }

        return done ?? throw new FormatException("no answer");
    }

    private static BtsXml Begin(ReadOnlySpan<byte> reply, string asked)
    {
        var xml = new BtsXml(reply);
        if (!xml.Read() || !xml.Is("bts"u8))
        {
            throw new FormatException("no message of the BTS program");
        }

        var found = xml;
        while (found.Read())
        {
            if (found.Is("cmd"u8))
            {
                RefuseAnother(found.TextString(), asked);
                break;
            }
        }

        return xml;
    }

    /// <summary>Names are misspelt in the field, so a strange one means nothing; that of another command is an answer to another question.</summary>
    private static void RefuseAnother(string name, string asked)
    {
        var command = (name.EndsWith("_resp", StringComparison.Ordinal) ? name[..^5] : name).Replace("donwload", "download", StringComparison.Ordinal);
        if (command != asked && Array.IndexOf(s_commands, command) >= 0)
        {
            throw new FormatException($"the answer to another question, {name}");
        }
    }

    // A voltage or a current that is none is a reading that the run judges; times and charges are counted on from.
    private static double Finite(ref readonly BtsXml xml, ReadOnlySpan<byte> name) =>
        xml.Number(name) is var number && Math.Abs(number) < 1e15 ? number : throw new FormatException("a time or a charge that is no number");

    private static int Small(ref readonly BtsXml xml, ReadOnlySpan<byte> name) =>
        xml.Whole(name) is var number and >= 0 and <= 1_000_000 ? (int)number : throw new FormatException("a number of a channel is out of bounds");
}
