using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CyclerControl.Client;

namespace CyclerControl.Service.Notifications;

/// <summary>Posts JSON to an address. The address that is judged is the one that is connected to, whatever a name server said before.</summary>
public sealed class WebhookTarget : INotificationTarget, IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly WebhookPlan _plan;
    private readonly HttpClient _http;

    public WebhookTarget(WebhookPlan plan)
    {
        _plan = plan;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectCallback = ConnectAsync, MaxResponseDrainSize = 0 };
        _http = new HttpClient(handler) { Timeout = s_patience };
    }

    public string Name => "webhook";

    public async Task SendAsync(Notification notification, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address());
        request.Content = new ByteArrayContent(Body(notification));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            var status = (int)answer.StatusCode;
            if (!answer.IsSuccessStatusCode)
            {
                throw new DeliveryException($"answered {status}", status is 408 or 429 or >= 500);
            }
        }
        catch (HttpRequestException failure)
        {
            // Not its own message, which names the host.
            throw failure.InnerException as DeliveryException ?? new DeliveryException($"cannot be reached ({failure.HttpRequestError})", isWorthRetrying: true);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new DeliveryException($"did not answer within {s_patience.TotalSeconds:0} s", isWorthRetrying: true);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>ntfy takes JSON at its root only; the path names the topic.</summary>
    private Uri Address() => _plan.Template == "ntfy" ? new Uri(_plan.Address, "/" + _plan.Address.Query) : _plan.Address;

    private byte[] Body(Notification notification)
    {
        object body = _plan.Template switch
        {
            "text" => new { text = Escaped($"{notification.Title}\n{notification.Text}") },
            "ntfy" => new
            {
                topic = Uri.UnescapeDataString(_plan.Address.AbsolutePath.Trim('/')),
                title = notification.Title,
                message = notification.Text,
                priority = notification.Kind is "run_finished" or "link_back" ? 3 : 5,
            },
            _ => new { kind = notification.Kind, place = notification.Place, text = notification.Text, at_utc = notification.AtUtc },
        };
        return Encoding.UTF8.GetBytes(JsonSerializer.Serialize(body, ApiJson.Options));
    }

    /// <summary>Text of devices and users must not become a link or call a whole team.</summary>
    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation).ConfigureAwait(false);
        if (!_plan.AllowLocal && addresses.Any(ReachableAddresses.IsLocal))
        {
            throw new DeliveryException("is an address of this computer, of its link or of cloud metadata; set notifications:webhook:allow_local if it is meant", isWorthRetrying: false);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
