using System.Globalization;
using System.Net;
using CyclerControl.Core.Quantities;
using CyclerControl.Service.Exports;
using CyclerControl.Service.Security;

namespace CyclerControl.Service.Configuration;

/// <summary>Reads and checks a configuration: all problems at once, each with its place and a cure.</summary>
public sealed partial class ConfigurationReader
{
    private readonly IReadOnlyDictionary<string, SettingValue> _values;
    private readonly List<string> _problems;

    private ConfigurationReader(IReadOnlyDictionary<string, SettingValue> values, List<string> problems)
    {
        _values = values;
        _problems = problems;
    }

    /// <param name="file">A JSON file; null: appsettings.json of this folder, if there is one.</param>
    /// <param name="commandLine">Key of the setting to value, of what somebody wrote on the command line.</param>
    public static ConfigurationReading Read(string? file, IReadOnlyDictionary<string, string?> commandLine)
    {
        var problems = new List<string>();
        var values = ConfigurationSources.Read(file, commandLine, problems);
        var configuration = new ConfigurationReader(values, problems).Check();
        return new ConfigurationReading(problems.Count == 0 ? configuration : null, values, problems);
    }

    private ServiceConfiguration Check()
    {
        var url = Url();
        var certificate = Certificate(url);
        if (!url.IsLoopback && url.Scheme == "http" && !Flag("insecure_lan"))
        {
            Wrong("url", "can be reached by others, without encryption; give it a certificate (certificate, and https in the address), or say insecure_lan if everybody on that network may read tokens");
        }

        return new ServiceConfiguration
        {
            Url = url,
            Data = Text("data") ?? Missing("data", "name a folder on a local disk"),
            Station = Text("station"),
            Protocols = Text("protocols") ?? Missing("protocols", "name a folder"),
            RealTime = Flag("realtime"),
            Certificate = certificate,
            Security = new SecurityOptions
            {
                Hosts = Hosts(),
                IsOnNetwork = !url.IsLoopback,
                RequestsPerSecond = Whole("limits:requests_per_second", 10, 100_000),
                Concurrent = Whole("limits:concurrent", 10, 10_000),
            },
            Export = Export(),
            Notifications = Notifications(),
        };
    }

    private Uri Url()
    {
        const string Cure = "write for example http://127.0.0.1:5080, or https://0.0.0.0:5443 for all networks of this computer";
        var text = Text("url") ?? "";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.PathAndQuery != "/" || url.UserInfo.Length > 0)
        {
            Wrong("url", $"is no address of a service; {Cure}");
            return new Uri("http://127.0.0.1");
        }

        if (!url.IsLoopback && !IPAddress.TryParse(url.DnsSafeHost, out _))
        {
            Wrong("url", $"names a computer, which says nothing about the networks to listen on; {Cure}, and put the name into hosts");
        }

        return url;
    }

    private CertificateChoice? Certificate(Uri url)
    {
        if (Text("certificate") is not { } file)
        {
            if (url.Scheme == "https")
            {
                Wrong("url", "needs a certificate; name a PFX file with certificate");
            }

            return null;
        }

        if (url.Scheme != "https")
        {
            Wrong("certificate", "is for an https address; write https in url");
        }

        if (!File.Exists(file))
        {
            Wrong("certificate", "is not there; check the path");
        }

        return new CertificateChoice(file, Secret("certificate_password"));
    }

    /// <summary>A secret from the environment, or from a file that only its owner may read.</summary>
    private string? Secret(string key)
    {
        if (Text(key + "_file") is not { } file)
        {
            return Text(key);
        }

        try
        {
            if (PrivateFile.IsOpenToOthers(file))
            {
                Wrong(key + "_file", "can be read by others on this computer; chmod 600");
            }

            return File.ReadLines(file).FirstOrDefault();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Wrong(key + "_file", $"cannot be read ({failure.Message.TrimEnd('.')}); check its path and who owns it");
            return null;
        }
    }

    private string[] Hosts()
    {
        var hosts = (Text("hosts") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (hosts.Any(host => Uri.CheckHostName(host.Trim('[', ']')) == UriHostNameType.Unknown))
        {
            Wrong("hosts", "has something that is no name of a computer; write names without scheme and port, for example cycler.lab,10.0.0.7");
        }

        return hosts;
    }

    private ExportPlan? Export()
    {
        var (format, atEnd, every) = (Text("export:format"), Flag("export:at_end"), Text("export:every"));
        if (format is not ("bdf" or "csv"))
        {
            Wrong("export:format", "is none; use bdf or csv");
        }

        var interval = every is null ? (TimeSpan?)null : Interval(every);
        if (Text("export:to") is { } folder)
        {
            if (!atEnd && every is null)
            {
                Wrong("export:at_end", "with no export:every exports nothing; set one of them, or leave export:to out");
            }

            return new ExportPlan(Path.GetFullPath(folder), format ?? "bdf", interval, atEnd);
        }

        if (every is not null)
        {
            Wrong("export:every", "has no folder to export to; set export:to");
        }

        return null;
    }

    private TimeSpan Interval(string text)
    {
        var reading = QuantityParser.Parse(text, Dimension.Time);
        if (reading.Quantity is not { } quantity)
        {
            Wrong("export:every", $"{reading.Message}; {reading.Cure}");
        }
        else if (quantity.BaseValue is >= 60 and <= 30 * 86_400)
        {
            return TimeSpan.FromSeconds(quantity.BaseValue);
        }
        else
        {
            Wrong("export:every", "is not within 1 min to 30 d; write for example 1 h");
        }

        return TimeSpan.FromHours(1);
    }

    private int Whole(string key, int least, int most)
    {
        if (int.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Wrong(key, $"is no whole number within {least} to {most}");
        return least;
    }

    private bool Flag(string key)
    {
        if (bool.TryParse(Text(key), out var flag))
        {
            return flag;
        }

        Wrong(key, "is neither true nor false");
        return false;
    }

    private string? Text(string key) => _values[key].Value?.Trim() is { Length: > 0 } text ? text : null;

    private string Missing(string key, string cure)
    {
        Wrong(key, "is empty; " + cure);
        return "";
    }

    private void Wrong(string key, string problem)
    {
        var value = _values[key];
        _problems.Add($"{key} ({value.From}): '{(value.Setting.IsSecret ? "***" : value.Value)}' {problem}");
    }
}
