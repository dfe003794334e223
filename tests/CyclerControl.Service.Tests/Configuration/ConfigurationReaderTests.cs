using System.Text.Json;
using CyclerControl.Service.Configuration;
using CyclerControl.Service.Exports;
using CyclerControl.Service.Notifications;
using CyclerControl.Service.Security;
using CyclerControl.Service.Tests.Runs;

namespace CyclerControl.Service.Tests.Configuration;

/// <summary>Defaults, where values come from, and all problems at once. The environment is tried by starting the program.</summary>
public sealed class ConfigurationReaderTests : IDisposable
{
    private static readonly Dictionary<string, string?> s_nothing = [];

    private readonly TemporaryFolder _folder = new();

    private string Place => Path.Combine(_folder.Path, "appsettings.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_Given_IsTheDemoOnLoopback()
    {
        var reading = Read("{}");

        Assert.Empty(reading.Problems);
        var configuration = reading.Configuration!;
        Assert.Equal(new Uri("http://127.0.0.1:5080"), configuration.Url);
        Assert.Equal(("./cycler-data", null, "./protocols"), (configuration.Data, configuration.Station, configuration.Protocols));
        Assert.Null(configuration.Export);
        Assert.Null(configuration.Certificate);
        Assert.False(configuration.Security.IsOnNetwork);
        Assert.All(reading.Values.Values, v => Assert.Equal("default", v.From));
    }

    [Fact]
    public void File_AllThatItCanSay_IsTaken()
    {
        var reading = Read("""
            {
              "Logging": { "is": "not ours" },
              "cycler": {
                "url": "http://0.0.0.0:6000", "insecure_lan": true, "data": "/srv/d", "station": "s.yaml", "protocols": "p", "realtime": true,
                "hosts": ["cycler.lab", "10.0.0.7"], "limits": { "requests_per_second": 50, "concurrent": 20 },
                "export": { "to": "/mnt/share", "format": "csv", "every": "1 h 30 min", "at_end": false }
              }
            }
            """);

        Assert.Empty(reading.Problems);
        var configuration = reading.Configuration!;
        Assert.Equal(new ExportPlan("/mnt/share", "csv", TimeSpan.FromMinutes(90), AtEnd: false), configuration.Export);
        Assert.Equal(["10.0.0.7", "cycler.lab"], configuration.Security.Hosts.Order(StringComparer.Ordinal));
        Assert.Equal((50, 20, true), (configuration.Security.RequestsPerSecond, configuration.Security.Concurrent, configuration.Security.IsOnNetwork));
        Assert.Equal(Place, reading.Values["url"].From);
    }

    [Fact]
    public void Notifications_AllThatTheFileCanSay_AreTaken()
    {
        var secret = Path.Combine(_folder.Path, "hook");
        PrivateFile.Write(secret, "https://hooks.example/T0/token\n");
        var reading = Read(JsonSerializer.Serialize(new
        {
            cycler = new
            {
                notifications = new
                {
                    webhook = new { url_file = secret, template = "text" },
                    command = new[] { "/usr/bin/logger", "-t", "cycler" },
                    mail = new { host = "mail.lab", from = "cycler@lab.example", to = new[] { "ada@lab.example", "ben@lab.example" } },
                    per_minute = 3,
                    retry_hours = 2,
                    disk_free_gb = 50,
                },
            },
        }));

        Assert.Empty(reading.Problems);
        var plan = reading.Configuration!.Notifications!;
        Assert.Equal(new WebhookPlan(new Uri("https://hooks.example/T0/token"), "text", AllowLocal: false), plan.Webhook);
        Assert.Equal(["/usr/bin/logger", "-t", "cycler"], plan.Command);
        Assert.Equal(["ada@lab.example", "ben@lab.example"], plan.Mail!.To);
        Assert.Equal((3, TimeSpan.FromHours(2), 50), (plan.PerMinute, plan.RetryFor, plan.DiskFreeGigabytes));
        Assert.DoesNotContain(reading.Values.Values, v => v.Value?.Contains("token", StringComparison.Ordinal) == true);
        Assert.DoesNotContain("token", plan.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Notifications_Wrong_AreToldAtOnceWithoutTheSecret()
    {
        var secret = Path.Combine(_folder.Path, "hook");
        PrivateFile.Write(secret, "http://hooks.example/token\n");
        var reading = Read(JsonSerializer.Serialize(new
        {
            cycler = new
            {
                notifications = new
                {
                    webhook = new { url_file = secret, url = "https://x/token", template = "pigeon" },
                    mail = new { host = "mail.lab", from = "nobody", to = "a@b\r\nBcc: c@d" },
                    per_minute = 0,
                },
            },
        }));

        Assert.Null(reading.Configuration);
        foreach (var part in new[] { "webhook:url: a secret has no place in this file", "is not encrypted", "'pigeon' is none", "mail:from", "mail:to", "per_minute" })
        {
            Assert.Contains(reading.Problems, p => p.Contains(part, StringComparison.Ordinal));
        }

        Assert.DoesNotContain(reading.Problems, p => p.Contains("token", StringComparison.Ordinal));
    }

    [Fact]
    public void CommandLine_BeforeTheFile_Wins()
    {
        var reading = Read("""{ "cycler": { "url": "http://127.0.0.1:1", "data": "here" } }""", new() { ["url"] = "http://127.0.0.1:2" });

        Assert.Equal(new Uri("http://127.0.0.1:2"), reading.Configuration!.Url);
        Assert.Equal("command line --url", reading.Values["url"].From);
        Assert.Equal(("here", Place), (reading.Values["data"].Value, reading.Values["data"].From));
    }

    [Fact]
    public void Problems_Many_AreToldAtOnceWithPlaceAndCure()
    {
        var reading = Read("""
            {
              "cycler": {
                "url": "ftp://x", "realtime": "perhaps", "hosts": "http://a:1", "adress": 1, "limits": { "concurrent": 0 },
                "export": { "to": "x", "format": "xls", "every": "10 s" }, "certificate": "missing.pfx", "certificate_password": "geheim"
              }
            }
            """);

        Assert.Null(reading.Configuration);
        foreach (var part in new[]
            {
                "url (", "'ftp://x' is no address", "realtime (", "'perhaps' is neither true nor false", "hosts (", "cycler:adress: there is no such setting",
                "limits:concurrent (", "'0' is no whole number within 10 to 10000", "export:format (", "'xls' is none; use bdf or csv", "export:every (",
                "'10 s' is not within 1 min to 30 d", "certificate (", "certificate_password: a secret has no place in this file",
            })
        {
            Assert.Contains(reading.Problems, p => p.Contains(part, StringComparison.Ordinal));
        }

        Assert.DoesNotContain(reading.Problems, p => p.Contains("geheim", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080", "without encryption")]
    [InlineData("http://192.168.1.7:5080", "without encryption")]
    [InlineData("http://lab-pc:5080", "names a computer")]
    [InlineData("https://127.0.0.1:5443", "needs a certificate")]
    [InlineData("http://127.0.0.1:5080/api", "is no address")]
    [InlineData("http://me:secret@127.0.0.1", "is no address")]
    [InlineData("127.0.0.1:5080", "is no address")]
    [InlineData("http://*:5080", "is no address")]
    public void Url_ThatMustNotBe_IsRefused(string url, string problem) =>
        Assert.Contains(Read("{}", new() { ["url"] = url }).Problems, p => p.Contains(problem, StringComparison.Ordinal));

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{ "cycler": { "url": "a", "url": "b" } }""")]
    public void File_ThatIsBroken_IsNamed(string text) => Assert.StartsWith(Place + ": cannot be read", Assert.Single(Read(text).Problems), StringComparison.Ordinal);

    [Fact]
    public void File_ThatIsNamedAndMissing_IsAProblem() =>
        Assert.StartsWith("--config: ", Assert.Single(ConfigurationReader.Read(Place, s_nothing).Problems), StringComparison.Ordinal);

    [Fact]
    public void Certificate_PasswordInAFileThatOthersCanRead_IsRefused()
    {
        var password = Path.Combine(_folder.Path, "password");
        File.WriteAllText(password, "geheim");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(password, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        }

        var reading = Read(JsonSerializer.Serialize(new { cycler = new { url = "https://0.0.0.0:1", certificate = Place, certificate_password_file = password } }));

        Assert.True(OperatingSystem.IsWindows() || Assert.Single(reading.Problems).Contains("can be read by others", StringComparison.Ordinal));
    }

    private ConfigurationReading Read(string file, Dictionary<string, string?>? commandLine = null)
    {
        File.WriteAllText(Place, file);
        return ConfigurationReader.Read(Place, commandLine ?? s_nothing);
    }
}
