using System.Globalization;
using CyclerControl.Instruments.Dialects.Neware.Messages;

namespace CyclerControl.Instruments.Stations;

/// <summary>
/// Where a unit of Neware channels is: <c>neware://host:502?devtype=27&amp;devid=21&amp;unit=1&amp;share=/mnt/bts&amp;bts_path=C%3A%5Cbts</c>.
/// </summary>
/// <param name="Host">The computer of the BTS program.</param>
/// <param name="Port">502 unless given.</param>
/// <param name="DeviceType">20 to 27; null: whichever fits.</param>
/// <param name="DeviceId">Null: whichever fits.</param>
/// <param name="Unit">Row of channels, from 1; null: whichever fits.</param>
/// <param name="SharePath">The folder for step files as this computer sees it.</param>
/// <param name="BtsPath">The same folder as the BTS computer sees it.</param>
public sealed record NewareAddress(string Host, int Port, int? DeviceType, int? DeviceId, int? Unit, string SharePath, string BtsPath)
{
    /// <summary>Of the BTS program; also the port of Modbus/TCP.</summary>
    public const int UsualPort = 502;

    private const string Keys = "devtype, devid, unit, share, bts_path";
    private const string Usual = "write \"neware://host?devtype=27&devid=21&unit=1&share=/mnt/bts&bts_path=C%3A%5Cbts\"";

    /// <summary>Two instruments of a station must not have the same.</summary>
    public string Place => string.Create(CultureInfo.InvariantCulture, $"neware {Host}:{Port} {DeviceType}-{DeviceId}-{Unit}");

    /// <param name="uri">Of scheme neware.</param>
    /// <param name="problem">What is wrong, and the cure.</param>
    public static NewareAddress? TryParse(Uri uri, out (string What, string Cure) problem)
    {
        if (uri.Host.Length == 0 || uri.AbsolutePath is not ("" or "/") || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            problem = ("names no computer of a BTS program", Usual);
            return null;
        }

        var usual = new NewareAddress(uri.Host, uri.Port <= 0 ? UsualPort : uri.Port, null, null, null, "", "");
        if (AddressQuery.Read(
            uri, usual, static (NewareAddress a, string key, string value, out (string, string) wrong) => a.With(key, value, out wrong), out problem) is not { } address)
        {
            return null;
        }

        problem = address.SharePath.Length == 0 || address.BtsPath.Length == 0
            ? ("does not say where step files go", "add share= with the folder as this computer sees it, and bts_path= with the same folder as the BTS computer sees it, C%3A%5Cbts for C:\\bts")
            : default;
        return problem == default ? address : null;
    }

    internal bool Fits(BtsPlace place) =>
        (DeviceType is null || DeviceType == place.DeviceType) && (DeviceId is null || DeviceId == place.DeviceId) && (Unit is null || Unit == place.Unit);

    private NewareAddress? With(string key, string value, out (string What, string Cure) problem)
    {
        problem = default;
        switch (key)
        {
            case "devtype" when Whole(value) is { } type:
                return this with { DeviceType = type };
            case "devid" when Whole(value) is { } id:
                return this with { DeviceId = id };
            case "unit" when Whole(value) is { } unit:
                return this with { Unit = unit };
            case "share" when value.Length > 0:
                return this with { SharePath = value };
            case "bts_path" when value.Length > 0:
                return this with { BtsPath = value };
        }

        problem = key switch
        {
            "devtype" or "devid" or "unit" => ($"has the {key} '{value}'", "write the whole number that the BTS program shows"),
            "share" or "bts_path" => ($"has an empty {key}", Usual),
            _ => ($"has the unknown setting '{key}'", $"known are {Keys}"),
        };
        return null;
    }

    private static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
