using CyclerControl.Cli.CommandLine;

namespace CyclerControl.Cli.Tests.Remote;

/// <summary>How a command shows who asks, and what it says when that is not enough.</summary>
public sealed class LoginTests(ServedStation station) : IClassFixture<ServedStation>
{
    private const string Url = "CYCLER_URL";
    private const string Token = "CYCLER_TOKEN";

    [Fact]
    public void Status_WithoutAToken_SaysWhereTheFirstOneIs()
    {
        var result = station.CyclerOf(new Dictionary<string, string> { [Url] = station.Url, ["XDG_CONFIG_HOME"] = Path.Combine(station.Data, "nobody") }, "status");

        Assert.Equal(ExitCode.InvalidInput, result.ExitCode);
        Assert.Contains("no token", result.Error, StringComparison.Ordinal);
        Assert.Contains($"{Path.Combine("cycler-data", "admin.token")}: 'cycler login --url {station.Url} --token-file", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(station.AdminToken, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Status_WithAWrongToken_IsRefusedWithACure()
    {
        var result = station.CyclerOf(new Dictionary<string, string> { [Url] = station.Url, [Token] = "cyc_wrong" }, "status");

        Assert.Equal(ExitCode.InvalidInput, result.ExitCode);
        Assert.Contains("the token is wrong", result.Error, StringComparison.Ordinal);
        Assert.Contains("cycler login", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Login_WithAFile_KeepsTheTokenForThisServiceAndUser()
    {
        var environment = new Dictionary<string, string> { [Url] = station.Url };

        var login = station.CyclerOf(environment, "login", "--token-file", "cycler-data/admin.token");
        var status = station.CyclerOf(environment, "status");

        Assert.True(login.ExitCode == 0, login.Error);
        Assert.Contains("admin is admin at " + station.Url, login.Output, StringComparison.Ordinal);
        Assert.True(status.ExitCode == 0, status.Error);
        var kept = Path.Combine(Path.GetDirectoryName(station.Data)!, "config", "cyclercontrol", "tokens.json");
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kept));
        }
    }

    [Fact]
    public void Login_WithAWrongToken_KeepsNothing()
    {
        station.Write("wrong.token", "cyc_wrong\n");

        var login = station.CyclerOf(new Dictionary<string, string> { [Url] = station.Url, ["XDG_CONFIG_HOME"] = "elsewhere" }, "login", "--token-file", "wrong.token");

        Assert.Equal(ExitCode.InvalidInput, login.ExitCode);
        Assert.DoesNotContain("kept", login.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Token_OfAViewer_ReadsAndStopsAndNothingElse()
    {
        var made = station.Cycler("token", "add", "vera", "--role", "viewer");
        var environment = new Dictionary<string, string> { [Url] = station.Url, [Token] = made.Output.Trim() };

        Assert.Equal(ExitCode.Planned, station.CyclerOf(environment, "status").ExitCode);
        Assert.Equal(ExitCode.Planned, station.CyclerOf(environment, "stop", "demo/4").ExitCode);
        Assert.Equal(ExitCode.Planned, station.CyclerOf(environment, "stop-all").ExitCode);
        foreach (var words in new string[][]
            {
                ["pause", "demo/4"], ["resume", "demo/4"], ["skip", "demo/4"], ["end", "demo/4"], ["acknowledge", "demo/4"], ["token", "list"],
                ["token", "add", "x", "--role", "admin"], ["start", "plating-stripping-1h", "--channel", "demo/4", "--cell", "area=0.785cm2"],
            })
        {
            var refused = station.CyclerOf(environment, words);
            Assert.True(refused.ExitCode == ExitCode.InvalidInput, $"{words[0]}: {refused.ExitCode} {refused.Error}");
            Assert.Contains("'vera' is viewer; this needs", refused.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Log_AfterALogin_HoldsNoToken()
    {
        var made = station.Cycler("token", "add", "lara", "--role", "engineer").Output.Trim();
        station.CyclerOf(new Dictionary<string, string> { [Url] = station.Url, [Token] = made }, "token", "list");

        var texts = Directory.GetFiles(Path.Combine(station.Data, "logs")).Select(ReadShared).Append(station.Service.OutputSoFar).ToList();

        Assert.All(texts, text => Assert.DoesNotContain(made, text, StringComparison.Ordinal));
        Assert.All(texts, text => Assert.DoesNotContain(station.AdminToken, text, StringComparison.Ordinal));
        Assert.Contains("admin.token", station.Service.OutputSoFar, StringComparison.Ordinal);
    }

    private static string ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
