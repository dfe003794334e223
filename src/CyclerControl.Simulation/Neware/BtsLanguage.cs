using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace CyclerControl.Simulation.Neware;

/// <summary>What the BTS client answers, with the quirks that were recorded of a real one: misspelt names, a count that lies, an address that is not the one asked for.</summary>
internal sealed class BtsLanguage(BtsBox box, TimeProvider time)
{
    private const int MostRows = 1000;

    /// <returns>Null where the real one closes the connection: not XML, or no such command.</returns>
    public byte[]? Answer(ReadOnlySpan<byte> request)
    {
        XElement root;
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(request.ToArray()), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            root = XElement.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }

        lock (box.Gate)
        {
            return root.Element("cmd")?.Value switch
            {
                "connect" => Reply("connect_resp", r => r.Line("<result>ok</result>")),
                "getdevinfo" => DeviceInfo(),
                "getchlstatus" => Status(root),
                "inquire" => Inquire(root),
                "inquiredf" => InquireData(root),
                "download" => Download(root),
                "start" => Start(root),
                "stop" => Each(root, "stop", a => box.Stop(a)),
                "clearflag" => Each(root, "clearflag", _ => false),
                "light" => Each(root, "light", a => box.Find(a) is not null),
                _ => null,
            };
        }
    }

    private byte[] DeviceInfo() => Reply("getdevinfo_resp", r =>
    {
        r.Line("<serverip count=\"1\">").Line("  <server ip=\"127.0.0.1\" port=\"3306\"/>").Line("</serverip>");
        r.Line($"<middle count=\"{box.Count}\">");
        for (var i = 0; i < box.Count; i++)
        {
            var (unit, channel) = Place(i);
            r.Line($"  <channel ip=\"127.0.0.1\" devtype=\"{BtsBox.DeviceType}\" devid=\"{BtsBox.DeviceId}\" subdevid=\"{unit}\" Channelid=\"{channel}\">true</channel>");
        }

        r.Line("</middle>");
    });

    private byte[] Status(XElement root)
    {
        var asked = root.Element("list")?.Elements("status").ToList() ?? [];
        return Reply("getchlstatus_resp", r =>
        {
            r.Line($"<list count=\"{asked.Count}\">");
            foreach (var element in asked)
            {
                var address = Address(element);

                // The echo names unit 1 whatever was asked for.
                var echo = address with { Unit = 1 };
                r.Line($"  <status {Attributes(echo)} reservepause=\"0\">{box.Find(address)?.Status ?? "false"}</status>");
            }

            r.Line("</list>");
        });
    }

    private byte[] Inquire(XElement root)
    {
        var asked = root.Element("list")?.Elements("inquire").ToList() ?? [];
        return Reply("inquire_resp", r =>
        {
            r.Line($"<list count=\"{asked.Count}\">");
            foreach (var element in asked)
            {
                var a = Address(element);
                r.Line($"  <inquire dev=\"{a.DeviceType}-{a.DeviceId}-{a.Unit}-{a.Channel}-0\" {Live(box.Find(a))}/>");
            }

            r.Line("</list>");
        });
    }

    private static string Live(BtsChannel? channel)
    {
        if (channel is null)
        {
            return "workstatus=\"false\"";
        }

        var step = channel.IsWorking ? channel.Step : null;
        var total = channel.Rows.Count == 0 ? 0 : (channel.Rows[^1].AtNanoseconds - channel.StartedAt) * 1e-9;
        return string.Create(CultureInfo.InvariantCulture, $"cycle_id=\"{channel.Cycle + 1}\" {(step is null ? "" : $"step_id=\"{step.Id}\" ")}step_type=\"{step?.Code ?? "--"}\" workstatus=\"{channel.Status}\" ")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"barcode=\"{Escape(channel.Barcode)}\" current=\"{channel.Amperes:0.####}\" voltage=\"{channel.Volts:0.####}\" capacity=\"{channel.AmpHours:0.####}\" energy=\"{channel.WattHours:0.####}\" ")
            + string.Create(CultureInfo.InvariantCulture, $"totaltime=\"{total:0.#}\" relativetime=\"{channel.StepSeconds:0.#}\" open_or_close=\"0\" log_code=\"102000\"");
    }

    private byte[] InquireData(XElement root)
    {
        var asked = root.Element("list")?.Elements("chl").ToList() ?? [];
        return Reply("inquiredf_resp", r =>
        {
            r.Line($"<list count=\"{asked.Count}\">");
            foreach (var element in asked)
            {
                var a = Address(element);
                var channel = box.Find(a);
                r.Line($"  <chl {Short(a)} testid=\"{channel?.TestId ?? 0}\" count=\"{channel?.Rows.Count ?? 0}\">{(channel is { IsBusy: false } ? "true" : "false")}</chl>");
            }

            r.Line("</list>");
        });
    }

    private byte[] Download(XElement root)
    {
        var element = root.Element("download");
        return Reply("donwload_resp", r =>
        {
            if (element is null)
            {
                r.Line("<list count = \"0\"/>");
                return;
            }

            var a = Address(element);
            var channel = box.Find(a);
            var from = Math.Max(1, Whole(element, "startpos"));
            var most = Math.Clamp(Whole(element, "count"), 0, MostRows);
            var test = Whole(element, "testid");
            var rows = channel is not null && (test == 0 || test == channel.TestId) ? channel.Rows.Skip(from - 1).Take(most).ToList() : [];
            r.Line($"<download {Short(a)} auxid=\"0\" testid=\"{channel?.TestId ?? 0}\" startpos=\"{from}\" count=\"{most}\"/>");
            if (rows.Count == 0)
            {
                r.Line("<list count=\"0\"/>");
                return;
            }

            r.Line($"<list count = \"{(rows.Count == 2 ? 1 : rows.Count)}\">"); // Recorded: a count of 1 over two rows.
            foreach (var row in rows)
            {
                r.Line("  " + Data(row));
            }

            r.Line("</list>");
        });
    }

    private string Data(in BtsRow row)
    {
        var at = TimeZoneInfo.ConvertTime(box.Cycler.DateOf(row.AtNanoseconds), time.LocalTimeZone);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<data seqid=\"{row.Sequence}\" stepid=\"{row.Step}\" cycleid=\"{row.Cycle}\" steptype=\"{row.Code}\" testtime=\"{Math.Round(row.StepSeconds * 1000):0}\" atime=\"{at:yyyy-MM-dd HH:mm:ss}\" ")
            + string.Create(CultureInfo.InvariantCulture, $"volt=\"{row.Volts:G15}\" curr=\"{row.Amperes:G15}\" cap=\"{row.AmpHours:G15}\" eng=\"{row.WattHours:G15}\"/>");
    }

    private byte[] Start(XElement root)
    {
        var asked = root.Element("list")?.Elements("start").ToList() ?? [];
        return Reply("start_resp", r =>
        {
            r.Line($"<list count=\"{asked.Count}\">");
            foreach (var element in asked)
            {
                var a = Address(element);
                var done = box.Start(a, element.Value, element.Attribute("barcode")?.Value ?? "");
                r.Line($"  <start {Attributes(a)}>{(done ? "ok" : "false")}</start>");
            }

            r.Line("</list>");
        });
    }

    private static byte[] Each(XElement root, string name, Func<BtsAddress, bool> act)
    {
        var asked = root.Element("list")?.Elements(name).ToList() ?? [];
        return Reply(name + "_resp", r =>
        {
            r.Line($"<list count=\"{asked.Count}\">");
            foreach (var element in asked)
            {
                var a = Address(element);
                r.Line($"  <{name} {Attributes(a)}>{(act(a) ? "ok" : "false")}</{name}>");
            }

            r.Line("</list>");
        });
    }

    private static (int Unit, int Channel) Place(int index) => ((index / BtsBox.ChannelsPerUnit) + 1, (index % BtsBox.ChannelsPerUnit) + 1);

    private static BtsAddress Address(XElement e) => new(
        e.Attribute("ip")?.Value ?? "127.0.0.1", Whole(e, "devtype"), Whole(e, "devid"), Whole(e, "subdevid"), Whole(e, "chlid"));

    private static string Attributes(BtsAddress a) => $"ip=\"{Escape(a.Ip)}\" {Short(a)}";

    private static string Short(BtsAddress a) => $"devtype=\"{a.DeviceType}\" devid=\"{a.DeviceId}\" subdevid=\"{a.Unit}\" chlid=\"{a.Channel}\"";

    private static int Whole(XElement e, string name) =>
        int.TryParse(e.Attribute(name)?.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Escape(string text) => new XText(text).ToString().Replace("\"", "&quot;", StringComparison.Ordinal);

    private static byte[] Reply(string command, Action<BtsReply> body)
    {
        var reply = new BtsReply(command);
        body(reply);
        return reply.Bytes();
    }
}

/// <summary>Lines end CR LF and are indented by two; after the last one <c>LF LF # CR LF</c>.</summary>
internal sealed class BtsReply
{
    private readonly StringBuilder _text = new("<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\r\n<bts version=\"1.0\">\r\n");

    public BtsReply(string command) => Line($"<cmd>{command}</cmd>");

    public BtsReply Line(string text)
    {
        _text.Append("  ").Append(text).Append("\r\n");
        return this;
    }

    public byte[] Bytes() => Encoding.UTF8.GetBytes(_text.Append("</bts>\n\n#\r\n").ToString());
}
