using System.Globalization;
using System.Security;
using System.Text;

namespace CyclerControl.Instruments.Dialects.Neware.Messages;

/// <summary>
/// The messages that we send, of the 22 that the program knows. Not among them, on purpose: <c>broadcaststop</c>, <c>goto</c>, <c>reset</c>, <c>parallel</c>,
/// <c>chl_ctrl</c>, <c>continue</c>.
/// </summary>
internal static class BtsRequests
{
    /// <summary>Rows that one <c>download</c> brings at most.</summary>
    public const int MostRows = 1000;

    public static string DeviceInfo() => Envelope("getdevinfo", "");

    public static string Status(BtsPlace place) =>
        Envelope("getchlstatus", $"<list count=\"1\"><status {place.Attributes}>true</status></list>");

    public static string Inquire(IReadOnlyCollection<BtsPlace> places)
    {
        var list = new StringBuilder();
        foreach (var place in places)
        {
            _ = list.Append(CultureInfo.InvariantCulture, $"<inquire {place.Attributes} aux=\"0\" barcode=\"1\">true</inquire>");
        }

        return Envelope("inquire", string.Create(CultureInfo.InvariantCulture, $"<list count=\"{places.Count}\">{list}</list>"));
    }

    /// <summary>Which test the channel has, or had last, and how far its record is stored.</summary>
    public static string Upload(BtsPlace place) =>
        Envelope("inquiredf", $"<list count=\"1\"><chl {place.WithoutIp} testid=\"0\"/></list>");

    /// <param name="first">Number of the first row, from 1.</param>
    /// <param name="count">1 to <see cref="MostRows"/>.</param>
    public static string Download(BtsPlace place, long testId, long first, int count) => Envelope(
        "download",
        string.Create(CultureInfo.InvariantCulture, $"<download {place.WithoutIp} auxid=\"0\" testid=\"{testId}\" startpos=\"{first}\" count=\"{count}\"/>"));

    /// <param name="path">Of the step file, as the BTS computer sees it.</param>
    public static string Start(BtsPlace place, string barcode, string path) => Envelope(
        "start", $"<list count=\"1\"><start {place.Attributes} barcode=\"{SecurityElement.Escape(barcode)}\">{SecurityElement.Escape(path)}</start></list>");

    public static string Stop(BtsPlace place) => Envelope("stop", $"<list count=\"1\"><stop {place.Attributes}>true</stop></list>");

    private static string Envelope(string command, string body) =>
        $"<?xml version=\"1.0\" encoding=\"UTF-8\" ?><bts version=\"1.0\"><cmd>{command}</cmd>{body}</bts>";
}
