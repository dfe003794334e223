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

        string? library = null;
        var files = "";
        foreach (var pair in connect.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var value = equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..]);
            switch (equals < 0 ? pair : pair[..equals])
            {
                case "library":
                    library = value;
                    break;
                case "files":
                    files = value.EndsWith('/') || value.EndsWith('\\') ? value : value + "/";
                    break;
                default:
                    problem = ($"has the unknown key '{pair}'", "there are library and files");
                    return null;
            }
        }

        if (string.IsNullOrEmpty(library))
        {
            problem = ("does not name the vendor's library", Example);
            return null;
        }

        var device = connect.Host.StartsWith("usb", StringComparison.OrdinalIgnoreCase) ? connect.Host.ToUpperInvariant() : connect.Host;
        return new BioLogicAddress(device, library, files);
    }
}
