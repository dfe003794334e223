namespace CyclerControl.Service.Notifications;

/// <summary>Who is told, and how often.</summary>
/// <param name="Webhook">Null: none.</param>
/// <param name="Command">Program and arguments; null: none.</param>
/// <param name="PerMinute">Messages to each target; the rest of a minute comes in one.</param>
/// <param name="RetryFor">How long a message is tried again.</param>
/// <param name="DiskFreeGigabytes">Disk low below it; 0: never.</param>
public sealed record NotificationPlan(
    WebhookPlan? Webhook, MailPlan? Mail, IReadOnlyList<string>? Command, int PerMinute, TimeSpan RetryFor, int DiskFreeGigabytes);

/// <summary>An HTTP address that is told. The address is a secret: it may have a token in it.</summary>
/// <param name="Template">plain, ntfy or text (what Slack and Teams take).</param>
/// <param name="AllowLocal">Addresses of this computer, of its link and of cloud metadata may be called.</param>
public sealed record WebhookPlan(Uri Address, string Template, bool AllowLocal)
{
    public override string ToString() => "webhook";
}

/// <summary>A mail server and who gets mail.</summary>
/// <param name="Password">Null: none.</param>
public sealed record MailPlan(string Host, int Port, bool UseTls, string? User, string? Password, string From, IReadOnlyList<string> To)
{
    public override string ToString() => "mail";
}
