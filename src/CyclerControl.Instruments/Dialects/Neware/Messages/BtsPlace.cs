using System.Globalization;

namespace CyclerControl.Instruments.Dialects.Neware.Messages;

/// <summary>One channel in the addresses of the BTS program.</summary>
/// <param name="Ip">Of the middle machine; usually 127.0.0.1, the program's own computer.</param>
/// <param name="DeviceType">27 for BTS 8.5, and so on down to 20.</param>
/// <param name="DeviceId">Number of the device.</param>
/// <param name="Unit">Row of channels in it, from 1.</param>
/// <param name="Channel">From 1, usually to 8.</param>
internal sealed record BtsPlace(string Ip, int DeviceType, int DeviceId, int Unit, int Channel)
{
    /// <summary>Device and unit, as a person would say it: <c>27-21-1</c>.</summary>
    public string UnitName => string.Create(CultureInfo.InvariantCulture, $"{DeviceType}-{DeviceId}-{Unit}");

    /// <summary>As most commands name it.</summary>
    public string Attributes => $"ip=\"{Ip}\" {WithoutIp}";

    /// <summary>As <c>inquiredf</c> and <c>download</c> name it.</summary>
    public string WithoutIp =>
        string.Create(CultureInfo.InvariantCulture, $"devtype=\"{DeviceType}\" devid=\"{DeviceId}\" subdevid=\"{Unit}\" chlid=\"{Channel}\"");
}
