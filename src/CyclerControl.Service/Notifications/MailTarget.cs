using System.Net;
using System.Net.Mail;
using System.Text;

namespace CyclerControl.Service.Notifications;

/// <summary>Mail by SMTP. The title has no line breaks, so nothing in it can become a header.</summary>
public sealed class MailTarget(MailPlan plan) : INotificationTarget
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public string Name => "mail";

    public async Task SendAsync(Notification notification, CancellationToken cancellation)
    {
        using var client = new SmtpClient(plan.Host, plan.Port) { EnableSsl = plan.UseTls };
        if (plan.User is { } user)
        {
            client.Credentials = new NetworkCredential(user, plan.Password);
        }

        using var message = new MailMessage { From = new MailAddress(plan.From), Subject = notification.Title, SubjectEncoding = Encoding.UTF8 };
        message.Body = $"{notification.Text}\n\n{notification.Place}, {notification.AtUtc:u}\n";
        message.BodyEncoding = Encoding.UTF8;
        foreach (var to in plan.To)
        {
            message.To.Add(new MailAddress(to));
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_patience);
        try
        {
            await client.SendMailAsync(message, limit.Token).ConfigureAwait(false);
        }
        catch (SmtpException failure)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new DeliveryException($"was not taken by the mail server ({failure.StatusCode})", isWorthRetrying: true);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new DeliveryException($"was not taken within {s_patience.TotalSeconds:0} s", isWorthRetrying: true);
        }
    }
}
