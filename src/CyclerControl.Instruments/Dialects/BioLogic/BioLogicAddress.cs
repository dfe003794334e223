using CyclerControl.Instruments.Stations;

namespace CyclerControl.Instruments.Dialects.BioLogic;

/// <summary>Where an instrument is, and the library that speaks to it: <c>biologic://192.168.0.1?library=C:/EClib/EClib64.dll</c>.</summary>
/// <param name="Device">As the library takes it: a host, or <c>USB0</c>.</param>
/// <param name="Library">Path of the library.</param>
/// <param name="Files">Folder of the technique and firmware files, ending in a separator; empty: the library looks by itself.</param>
internal sealed record BioLogicAddress(string Device, string Library, string Files)
{
    private const string Example = "write \"biologic://192.168.0.1?library=C:/EClib/EClib64.dll\", or biologic://USB0?library=...";

    /// <param name="problem">What is wrong with it; set when the result is null.</param>
    public static BioLogicAddress? TryParse(Uri connect, out (string What, string Cure) problem)
    {
        problem = default;
        if (connect.Host.Length == 0 || connect.AbsolutePath is not ("" or "/") || connect.UserInfo.Length > 0 || !connect.IsDefaultPort)
        {
            problem = ("is not the address of an instrument", Example);
            return null;
        }

        var device = connect.Host.StartsWith("usb", StringComparison.OrdinalIgnoreCase) ? connect.Host.ToUpperInvariant() : connect.Host;
        if (AddressQuery.Read(
            connect, new BioLogicAddress(device, "", ""), static (BioLogicAddress a, string key, string value, out (string, string) wrong) => a.With(key, value, out wrong), out problem) is not { } address)
        {
            return null;
        }

        if (address.Library.Length == 0)
        {
            problem = ("does not name the vendor's library", Example);
            return null;
        }

        return address;
    }

    private BioLogicAddress? With(string key, string value, out (string What, string Cure) problem)
    {
        problem = key is "library" or "files" ? default : ($"has the unknown key '{key}'", "there are library and files");
        return key switch
        {
            "library" => this with { Library = value },
            "files" => this with { Files = value.EndsWith('/') || value.EndsWith('\\') ? value : value + "/" },
            _ => null,
        };
    }
}
