namespace CyclerControl.Service.Configuration;

/// <summary>One thing that can be configured: <c>cycler:KEY</c> in appsettings.json, <c>CYCLER__KEY</c> in the environment.</summary>
/// <param name="Key">Parts of it are separated by colons.</param>
/// <param name="Default">Null: not set.</param>
/// <param name="Option">On the command line; null: not there.</param>
/// <param name="IsSecret">Taken from the environment only, and never printed.</param>
public sealed record Setting(string Key, string? Default, string About, string? Option = null, bool IsSecret = false)
{
    /// <summary>Its name in the environment.</summary>
    public string Variable => "CYCLER__" + Key.Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>All that there are.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new("url", "http://127.0.0.1:5080", "Where the service listens; port 0: a free one.", "--url"),
        new("data", "./cycler-data", "Data folder, on a local disk.", "--data"),
        new("station", null, "Station file; without one: the built-in station 'demo'.", "--station"),
        new("protocols", "./protocols", "Folder of the protocols that are known by name.", "--protocols"),
        new("realtime", "false", "Ask for SCHED_FIFO for the link threads.", "--realtime"),
        new("hosts", null, "Names besides localhost by which browsers call the service, with commas between.", "--hosts"),
        new("certificate", null, "PFX file with certificate and key, for an https address.", "--certificate"),
        new("certificate_password_file", null, "File whose first line is the password of the certificate.", "--certificate-password-file"),
        new("certificate_password", null, "Password of the certificate.", IsSecret: true),
        new("insecure_lan", "false", "Listen on a network without TLS: everybody on it can read tokens.", "--insecure-lan"),
        new("limits:requests_per_second", "500", "Of one user; a tenth of it for changes. Stop has no limit."),
        new("limits:concurrent", "100", "Requests in work at one time. Stop has no limit."),
        new("export:to", null, "Folder into which runs are exported; it must exist, so that a share that is away is noticed."),
        new("export:format", "bdf", "bdf or csv."),
        new("export:every", null, "How often running ones are exported, for example 1 h; without it: at their end only."),
        new("export:at_end", "true", "Export each run when it has ended."),
        new("notifications:webhook:url", null, "Address that is told what happens, as JSON.", IsSecret: true),
        new("notifications:webhook:url_file", null, "File whose first line is that address."),
        new("notifications:webhook:template", "plain", "plain, ntfy or text (Slack, Teams)."),
        new("notifications:webhook:allow_insecure", "false", "The address may be http."),
        new("notifications:webhook:allow_local", "false", "The address may be this computer's, or of its link."),
        new("notifications:command", null, "Program and arguments, with commas between; the message is its input."),
        new("notifications:mail:host", null, "Mail server."),
        new("notifications:mail:port", "587", "Its port."),
        new("notifications:mail:tls", "true", "STARTTLS."),
        new("notifications:mail:user", null, "User at the mail server."),
        new("notifications:mail:password", null, "Password there.", IsSecret: true),
        new("notifications:mail:password_file", null, "File whose first line is that password."),
        new("notifications:mail:from", null, "Sender."),
        new("notifications:mail:to", null, "Who gets mail, with commas between."),
        new("notifications:per_minute", "10", "Messages to each; more of them come in one."),
        new("notifications:retry_hours", "24", "How long a message is tried again."),
        new("notifications:disk_free_gb", "5", "Tell when less is free in the data folder; 0: never."),
    ];
}

/// <summary>What a setting is, and who said so.</summary>
public sealed record SettingValue(Setting Setting, string? Value, string From)
{
    /// <summary>For the eye: a secret that is set is three stars.</summary>
    public string? Shown => this is { Setting.IsSecret: true, Value: not null } ? "***" : Value;
}

/// <summary>Everything that this service was told, and by whom.</summary>
public sealed record EffectiveConfiguration(IReadOnlyList<SettingValue> Values);
