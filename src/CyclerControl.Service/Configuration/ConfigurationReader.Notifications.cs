using System.Net.Mail;
using CyclerControl.Service.Notifications;

namespace CyclerControl.Service.Configuration;

/// <summary>Who is told what happens.</summary>
public sealed partial class ConfigurationReader
{
    private NotificationPlan? Notifications()
    {
        var (webhook, mail, command) = (Webhook(), Mail(), List("notifications:command"));
        var perMinute = Whole("notifications:per_minute", 1, 600);
        var hours = Whole("notifications:retry_hours", 1, 168);
        var free = Whole("notifications:disk_free_gb", 0, 100_000);
        return webhook is null && mail is null && command.Length == 0
            ? null
            : new NotificationPlan(webhook, mail, command.Length == 0 ? null : command, perMinute, TimeSpan.FromHours(hours), free);
    }

    private WebhookPlan? Webhook()
    {
        const string Key = "notifications:webhook:url";
        var (isInsecure, isLocal, template) = (Flag("notifications:webhook:allow_insecure"), Flag("notifications:webhook:allow_local"), Text("notifications:webhook:template"));
        if (template is not ("plain" or "ntfy" or "text"))
        {
            Wrong("notifications:webhook:template", "is none; use plain, ntfy or text");
        }

        if (Secret(Key)?.Trim() is not { Length: > 0 } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.UserInfo.Length > 0)
        {
            Wrong(Key, "is no address for a webhook; write https://HOST/PATH, without a user in it");
            return null;
        }

        if (url.Scheme == "http" && !isInsecure)
        {
            Wrong(Key, "is not encrypted; use https, or set notifications:webhook:allow_insecure");
        }

        if (template == "ntfy" && url.AbsolutePath.Trim('/').Length == 0)
        {
            Wrong(Key, "names no topic, which ntfy needs; write https://HOST/TOPIC");
        }

        return new WebhookPlan(url, template ?? "plain", isLocal);
    }

    private MailPlan? Mail()
    {
        var (port, tls, to) = (Whole("notifications:mail:port", 1, 65_535), Flag("notifications:mail:tls"), List("notifications:mail:to"));
        var password = Secret("notifications:mail:password");
        if (Text("notifications:mail:host") is not { } host)
        {
            if (to.Length > 0)
            {
                Wrong("notifications:mail:to", "has no mail server; set notifications:mail:host");
            }

            return null;
        }

        var from = Text("notifications:mail:from") ?? "";
        if (!MailAddress.TryCreate(from, out _))
        {
            Wrong("notifications:mail:from", "is no mail address; write for example cycler@lab.example");
        }

        if (to.Length == 0 || !to.All(address => MailAddress.TryCreate(address, out _)))
        {
            Wrong("notifications:mail:to", "are no mail addresses; write for example ada@lab.example,ben@lab.example");
        }

        if (password is not null && !tls)
        {
            Wrong("notifications:mail:tls", "would send the password for everybody to read; set it to true");
        }

        return new MailPlan(host, port, tls, Text("notifications:mail:user"), password, from, to);
    }

    private string[] List(string key) => (Text(key) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
