using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Tests.Processes;
using CyclerControl.Service.Security;

namespace CyclerControl.Cli.Tests.Remote;

/// <summary>Where `cycler serve` listens, and what it asks for before it listens to others; exports by itself.</summary>
public sealed class BindingTests : IDisposable
{
    private const string Listening = "listening on ";
    private const string Password = "not a good one";

    private readonly Workbench _bench = new(SmallProtocols.Ccd);

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("http://0.0.0.0:0", "without encryption")]
    [InlineData("https://0.0.0.0:0", "needs a certificate")]
    [InlineData("http://lab-pc:5080", "names a computer")]
    public void Serve_BeyondThisComputerWithoutTls_IsRefusedWithACure(string url, string problem)
    {
        var result = _bench.Cycler("serve", "--url", url);

        Assert.Equal(ExitCode.InvalidInput, result.ExitCode);
        Assert.Contains(problem, result.Error, StringComparison.Ordinal);
        Assert.Contains("certificate", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_bench.File("cycler-data")));
    }

    [Fact]
    public void Serve_OnTheNetworkWithoutAUser_IsRefusedWithACure()
    {
        var result = _bench.Cycler("serve", "--url", "http://0.0.0.0:0", "--insecure-lan");

        Assert.Equal(ExitCode.InvalidInput, result.ExitCode);
        Assert.Contains("cycler token add", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_InsecureLanWithAUser_ListensAndWarns()
    {
        var token = AddUser();
        using var service = _bench.Start("serve", "--url", "http://0.0.0.0:0", "--insecure-lan");
        var port = Port(service);

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri($"http://127.0.0.1:{port}/api/v1/whoami"))).StatusCode);
        service.Interrupt();
        Assert.Contains("without TLS", service.WaitForExit().Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_WithACertificate_SpeaksTlsAndItsCookieStaysThere()
    {
        var token = AddUser();
        using var certificate = WriteCertificate();
        PrivateFile.Write(_bench.File("password"), Password + "\n");
        using var service = _bench.Start("serve", "--url", "https://0.0.0.0:0", "--certificate", "server.pfx", "--certificate-password-file", "password");
        var port = Port(service);

        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(certificate);
        using var handler = new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = trust } };
        using var http = new HttpClient(handler);
        using var answer = await http.PostAsJsonAsync(new Uri($"https://127.0.0.1:{port}/api/v1/login"), new { token });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("; secure", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Serve_CertificateWithAWrongPassword_IsRefusedWithoutItsPassword()
    {
        AddUser();
        using var certificate = WriteCertificate();
        using var program = RunningProgram.Cycler(
            _bench.Path, new Dictionary<string, string> { ["CYCLER__CERTIFICATE_PASSWORD"] = "wrong-secret", ["CYCLER__CERTIFICATE"] = "server.pfx", ["CYCLER__URL"] = "https://0.0.0.0:0" }, "serve");
        var result = program.WaitForExit();

        Assert.Equal(ExitCode.InvalidInput, result.ExitCode);
        Assert.Contains("certificate: 'server.pfx' cannot be opened", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Config_FromEverywhere_SaysFromWhereAndNoSecret()
    {
        _bench.Write("appsettings.json", """{ "cycler": { "url": "http://127.0.0.1:1", "data": "from-file" } }""");
        using var program = RunningProgram.Cycler(
            _bench.Path, new Dictionary<string, string> { ["CYCLER__URL"] = "http://127.0.0.1:2", ["CYCLER__CERTIFICATE_PASSWORD"] = "geheim" }, "config", "--protocols", "p");
        var result = program.WaitForExit();

        Assert.Equal(ExitCode.Planned, result.ExitCode);
        Assert.Contains(result.OutputLines, l => l.StartsWith("url ", StringComparison.Ordinal) && l.Contains("http://127.0.0.1:2", StringComparison.Ordinal) && l.Contains("(environment CYCLER__URL)", StringComparison.Ordinal));
        Assert.Contains(result.OutputLines, l => l.StartsWith("data ", StringComparison.Ordinal) && l.Contains("appsettings.json)", StringComparison.Ordinal));
        Assert.Contains(result.OutputLines, l => l.StartsWith("protocols ", StringComparison.Ordinal) && l.Contains("(command line --protocols)", StringComparison.Ordinal));
        Assert.DoesNotContain("geheim", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_ConfiguredForTheEnd_AppearsWhenTheRunHasEnded()
    {
        Directory.CreateDirectory(_bench.File("share"));
        using var service = RunningProgram.Cycler(
            _bench.Path, new Dictionary<string, string> { ["CYCLER__EXPORT__TO"] = "share" }, "serve", "--url", "http://127.0.0.1:0", "--speed", "1000");
        var url = service.WaitForLine(l => l.StartsWith(Listening, StringComparison.Ordinal))[Listening.Length..].Trim();
        var token = File.ReadAllText(_bench.File("cycler-data/admin.token")).Trim();
        using var start = RunningProgram.Cycler(
            _bench.Path, new Dictionary<string, string> { ["CYCLER_URL"] = url, ["CYCLER_TOKEN"] = token }, "start", "small.yaml", "--channel", "demo/1", "--cell", Workbench.Area);
        var started = start.WaitForExit();
        Assert.True(started.ExitCode == 0, started.Error);
        using var end = RunningProgram.Cycler(_bench.Path, new Dictionary<string, string> { ["CYCLER_URL"] = url, ["CYCLER_TOKEN"] = token }, "end", "demo/1");
        end.WaitForExit();

        while (Directory.GetFiles(_bench.File("share"), "*.bdf.csv").Length == 0)
        {
            Assert.False(service.HasExited, "the service has ended");
        }

        Assert.NotEmpty(File.ReadAllText(Assert.Single(Directory.GetFiles(_bench.File("share"), "*.bdf.csv"))));
    }

    private static string Port(RunningProgram service) =>
        service.WaitForLine(l => l.StartsWith(Listening, StringComparison.Ordinal)).Trim().Split(':')[^1];

    private string AddUser()
    {
        Directory.CreateDirectory(_bench.File("cycler-data"));
        using var tokens = TokenStore.Open(_bench.File("cycler-data"), TimeProvider.System);
        return tokens.Add("anna", "viewer").Value!.Token;
    }

    private X509Certificate2 WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=cycler.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var today = TimeProvider.System.GetUtcNow();
        var certificate = request.CreateSelfSigned(today.AddDays(-1), today.AddDays(1));
        File.WriteAllBytes(_bench.File("server.pfx"), certificate.Export(X509ContentType.Pfx, Password));
        return certificate;
    }
}
