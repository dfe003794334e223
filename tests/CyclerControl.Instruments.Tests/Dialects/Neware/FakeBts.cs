using System.Globalization;
using System.Text.RegularExpressions;

namespace CyclerControl.Instruments.Tests.Dialects.Neware;

/// <summary>A BTS program with one channel that matters, and its state in the hands of the test.</summary>
internal sealed partial class FakeBts
{
    /// <summary>In turn; the last one stays.</summary>
    public Queue<string> Statuses { get; } = new(["finish"]);

    public string? LiveStatus { get; set; }

    public string Barcode { get; set; } = "before";

    public long TestId { get; set; } = 143;

    public bool IsComplete { get; set; } = true;

    public List<string> Rows { get; } = [];

    public string StartAnswer { get; set; } = "ok";

    public bool StartTakesEffect { get; set; } = true;

    public string StopAnswer { get; set; } = "ok";

    /// <summary>How often it must be asked after a stop until it says so.</summary>
    public int StopTakes { get; set; }

    public List<string> Commands { get; } = [];

    public string Status => Statuses.Count > 1 ? Statuses.Dequeue() : Statuses.Peek();

    public void Become(string status)
    {
        Statuses.Clear();
        Statuses.Enqueue(status);
    }

    public void Row(int step, int cycle, double seconds, string type, double volts, double milliamperes, double milliampHours, int? sequence = null) =>
        Rows.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"    <data seqid=\"{sequence ?? Rows.Count + 1}\" stepid=\"{step}\" cycleid=\"{cycle}\" steptype=\"{type}\" testtime=\"{seconds * 1000:0}\" atime=\"2026-11-21 12:00:00\" volt=\"{volts}\" curr=\"{milliamperes / 1000}\" cap=\"{milliampHours / 1000}\" eng=\"0\" />\r\n"));

    public string? Answer(string message)
    {
        var command = Command().Match(message).Groups["name"].Value;
        Commands.Add(command);
        switch (command)
        {
            case "getdevinfo":
                return Transcripts.Text("getdevinfo");
            case "getchlstatus":
                return Reply("getchlstatus", $"<status ip=\"127.0.0.1\" devtype=\"27\" devid=\"21\" subdevid=\"1\" chlid=\"1\" reservepause=\"1\">{Status}</status>");
            case "inquire":
                return Reply("inquire", string.Concat(Enumerable.Range(1, 8).Select(i =>
                    $"<inquire dev=\"27-21-1-{i}-0\" workstatus=\"{(i == 1 ? LiveStatus ?? Statuses.Peek() : "working")}\" barcode=\"{(i == 1 ? Barcode : "other")}\" current=\"0\" voltage=\"3.{i}\" />")));
            case "inquiredf":
                return Reply("inquiredf", FormattableString.Invariant($"<chl testid=\"{TestId}\" count=\"{Rows.Count}\">{(IsComplete ? "true" : "false")}</chl>"));
            case "download":
                var first = int.Parse(First().Match(message).Groups["n"].Value, CultureInfo.InvariantCulture);
                var count = int.Parse(Count().Match(message).Groups["n"].Value, CultureInfo.InvariantCulture);
                return Reply("donwload", "<download />" + string.Concat(Rows.Skip(first - 1).Take(count)));
            case "start":
                Start(message);
                return Reply("start", $"<start chlid=\"1\">{StartAnswer}</start>");
            case "stop":
                Statuses.Clear();
                for (var i = 0; i < StopTakes; i++)
                {
                    Statuses.Enqueue("working");
                }

                Statuses.Enqueue("stop");
                return Reply("stop", $"<stop chlid=\"1\">{StopAnswer}</stop>");
            default:
                return null;
        }
    }

    private void Start(string message)
    {
        if (StartAnswer == "ok" && StartTakesEffect)
        {
            TestId++;
            IsComplete = false;
            Barcode = Code().Match(message).Groups["text"].Value;
            Become("working");
            Rows.Clear();
        }
    }

    private static string Reply(string command, string body) =>
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<bts version=\"1.0\">\r\n  <cmd>{command}_resp</cmd>\r\n  <list count=\"1\">\r\n{body}\r\n  </list>\r\n</bts>";

    [GeneratedRegex("<cmd>(?<name>[a-z]+)</cmd>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Command();

    [GeneratedRegex("startpos=\"(?<n>\\d+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex First();

    [GeneratedRegex(" count=\"(?<n>\\d+)\"/>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Count();

    [GeneratedRegex(" barcode=\"(?<text>[^\"]*)\">C", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
