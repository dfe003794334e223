using CyclerControl.Core.Documents;
using CyclerControl.Instruments.Dialects.BioLogic;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Transports;

namespace CyclerControl.Instruments.Stations;

/// <summary>Reads where an instrument is.</summary>
internal static class ConnectionString
{
    /// <summary>What two instruments cannot both have; null where they may.</summary>
    public static string? Place(Uri connect) => connect.Scheme switch
    {
        "tcp" => connect.Authority,
        "biologic" => BioLogicAddress.TryParse(connect, out _)?.Device,
        "neware" => NewareAddress.TryParse(connect, out _)?.Place,
        "watch" => WatchAddress.TryParse(connect, out _)?.Place,
        "serial" => SerialAddress.TryParse(connect, SerialSettings.Default, out _)?.Place,
        _ => null,
    };

    /// <param name="instrument">Whose <c>connect</c> it is.</param>
    /// <param name="text">As in the file.</param>
    /// <param name="profile">What stands at the other end; null where that is not known.</param>
    public static Uri? Read(MappingReader instrument, string text, HardwareProfile? profile)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            instrument.Report("connect", "is no address", "write \"tcp://host:5025\", \"serial:///dev/ttyUSB0?baud=9600\" or \"sim://?cells=li-lpsc-li&seed=1\"");
            return null;
        }

        switch (uri.Scheme)
        {
            case "tcp":
                return IsHostAndPort(instrument, uri) && Fits(instrument, profile, ProfileAdapter.Scpi, "tcp") ? uri : null;
            case "sim":
                return Fits(instrument, profile, ProfileAdapter.Simulated, "sim") ? uri : null;
            case "serial":
                if (SerialAddress.TryParse(uri, profile?.Link.Serial ?? SerialSettings.Default, out var problem) is null)
                {
                    instrument.Report("connect", problem.What, problem.Cure);
                    return null;
                }

                return Fits(instrument, profile, ProfileAdapter.Scpi, "serial") ? uri : null;
            case "neware":
                if (NewareAddress.TryParse(uri, out var misplaced) is null)
                {
                    instrument.Report("connect", misplaced.What, misplaced.Cure);
                    return null;
                }

                return Fits(instrument, profile, ProfileAdapter.Neware, "neware") ? uri : null;
            case "biologic":
                if (BioLogicAddress.TryParse(uri, out var wrong) is null)
                {
                    instrument.Report("connect", wrong.What, wrong.Cure);
                    return null;
                }

                return Fits(instrument, profile, ProfileAdapter.BioLogic, "biologic") ? uri : null;
            case "watch":
                if (WatchAddress.TryParse(uri, out var lost) is null)
                {
                    instrument.Report("connect", lost.What, lost.Cure);
                    return null;
                }

                return Fits(instrument, profile, ProfileAdapter.Land, "watch") ? uri : null;
            default:
                instrument.Report("connect", $"has the unknown scheme '{uri.Scheme}'", "use tcp://, serial://, neware://, biologic://, watch:// or sim://");
                return null;
        }
    }

    private static bool IsHostAndPort(MappingReader instrument, Uri uri)
    {
        if (uri.Host.Length > 0 && uri.Port is > 0 and <= 65535 && uri.PathAndQuery is "" or "/" && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0)
        {
            return true;
        }

        instrument.Report(
            "connect",
            uri.Port <= 0 ? "has no port" : "has more than a host and a port",
            "write \"tcp://host:5025\" with the instrument's port (most SCPI instruments listen on 5025)");
        return false;
    }

    private static bool Fits(MappingReader instrument, HardwareProfile? profile, ProfileAdapter adapter, string scheme)
    {
        if (profile is null || profile.Adapter == adapter)
        {
            return true;
        }

        if (ProfileAdapter.BioLogic == adapter || profile.Adapter == ProfileAdapter.BioLogic)
        {
            instrument.Report("connect", $"does not fit profile {profile.Name}", "biologic://192.168.0.1?library=... goes with biologic-vmp3 and biologic-sp300, and with nothing else");
            return false;
        }

        if (ProfileAdapter.Neware == adapter || profile.Adapter == ProfileAdapter.Neware)
        {
            instrument.Report("connect", $"does not fit profile {profile.Name}", "neware://host?unit=1&share=...&bts_path=... goes with profiles of adapter neware, and with nothing else");
            return false;
        }

        if (ProfileAdapter.Land == adapter || profile.Adapter == ProfileAdapter.Land)
        {
            instrument.Report("connect", $"does not fit profile {profile.Name}", "watch:///mnt/land?files=*_{channel}.cex goes with profiles of adapter land, and with nothing else");
            return false;
        }

        instrument.Report(
            "connect",
            $"does not fit profile {profile.Name}, which is {(profile.Adapter == ProfileAdapter.Scpi ? "an instrument on a wire" : "simulated without a wire")}",
            scheme == "sim" ? "write tcp://host:port or serial:///dev/ttyUSB0, or use profile simulated-8ch" : "write sim://?cells=..., or use the profile of the instrument");
        return false;
    }
}
