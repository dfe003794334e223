using CyclerControl.Service.Exports;
using CyclerControl.Service.Notifications;
using CyclerControl.Service.Security;

namespace CyclerControl.Service.Configuration;

/// <summary>What a service was told, all of it checked.</summary>
public sealed record ServiceConfiguration
{
    public required Uri Url { get; init; }

    public required string Data { get; init; }

    /// <summary>Null: the built-in one.</summary>
    public required string? Station { get; init; }

    public required string Protocols { get; init; }

    public required bool RealTime { get; init; }

    /// <summary>Null: no TLS.</summary>
    public required CertificateChoice? Certificate { get; init; }

    public required SecurityOptions Security { get; init; }

    /// <summary>Null: nothing is exported by itself.</summary>
    public required ExportPlan? Export { get; init; }

    /// <summary>Null: nobody is told.</summary>
    public required NotificationPlan? Notifications { get; init; }
}

/// <summary>A certificate with its key.</summary>
/// <param name="Password">Null: none.</param>
public sealed record CertificateChoice(string File, string? Password)
{
    public override string ToString() => File;
}

/// <summary>A configuration, or everything that is wrong with it; and where each value came from.</summary>
public sealed record ConfigurationReading(
    ServiceConfiguration? Configuration, IReadOnlyDictionary<string, SettingValue> Values, IReadOnlyList<string> Problems);
