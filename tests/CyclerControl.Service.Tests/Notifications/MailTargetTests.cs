using System.Net;
using System.Net.Sockets;
using CyclerControl.Service.Notifications;

namespace CyclerControl.Service.Tests.Notifications;

/// <summary>Mail to a tiny server on a real loopback socket.</summary>
public sealed class MailTargetTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public MailTargetTests() => _listener.Start();

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Send_LineBreaksInAName_MakeNoHeader()
    {
        var served = ServeAsync("250 taken");

        await Target().SendAsync(new Notification("trip", "demo/1\r\nBcc: eve@example.org", "Over the limit", DateTimeOffset.UnixEpoch), default);

        var lines = await served;
        Assert.Equal(["RCPT TO:<ada@lab.example>", "RCPT TO:<ben@lab.example>"], lines.Where(l => l.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase)));
        Assert.DoesNotContain(lines, l => l.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(lines, l => l.StartsWith("Subject:", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Send_RefusedByTheServer_IsTriedAgain()
    {
        var served = ServeAsync("451 later");

        var failure = await Assert.ThrowsAsync<DeliveryException>(() => Target().SendAsync(new Notification("trip", "demo/1", "x", DateTimeOffset.UnixEpoch), default));

        await served;
        Assert.True(failure.IsWorthRetrying);
    }

    private MailTarget Target() => new(new MailPlan(
        "127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port, UseTls: false, User: null, Password: null, "cycler@lab.example", ["ada@lab.example", "ben@lab.example"]));

    /// <returns>All lines of the client.</returns>
    private async Task<List<string>> ServeAsync(string verdict)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
        var (lines, isData) = (new List<string>(), false);
        await writer.WriteLineAsync("220 here");
        while (await reader.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (isData && line != ".")
            {
                continue;
            }

            var answer = isData ? verdict : line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase) ? "354 go on" : line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase) ? "221 bye" : "250 fine";
            isData = answer.StartsWith("354", StringComparison.Ordinal);
            await writer.WriteLineAsync(answer);
            if (answer[..3] is "221" or "451")
            {
                break;
            }
        }

        return lines;
    }
}
