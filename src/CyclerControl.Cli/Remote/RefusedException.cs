using CyclerControl.Client.Problems;

namespace CyclerControl.Cli.Remote;

/// <summary>The service said no, or nobody answered.</summary>
internal sealed class RefusedException(ApiException refused, string? cure = null)
    : Exception(cure is null ? refused.Message : refused.Message + Environment.NewLine + cure, refused)
{
    public int ExitCode { get; } = refused.Status switch
    {
        null => CommandLine.ExitCode.Unreachable,
        400 or 401 or 403 or 404 or 405 or 413 or 421 => CommandLine.ExitCode.InvalidInput,
        409 => CommandLine.ExitCode.Tripped,
        429 or 503 => CommandLine.ExitCode.Unreachable,
        _ => CommandLine.ExitCode.InternalFailure,
    };
}
