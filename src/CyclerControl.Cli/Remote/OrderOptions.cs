using System.CommandLine;
using CyclerControl.Cli.Commands;
using CyclerControl.Cli.Composition;
using CyclerControl.Client.Channels;

namespace CyclerControl.Cli.Remote;

/// <summary>What describes a run: the same for start, queue and a bulk start.</summary>
internal sealed class OrderOptions
{
    private readonly Argument<string> _protocol = new("protocol") { Description = "Protocol file on this computer, or the name of a protocol of the service." };
    private readonly Option<string?> _cell = CommonOptions.Cell();
    private readonly Option<string[]> _set = CommonOptions.Set();
    private readonly Option<string?> _operator = new("--operator") { Description = "Who starts the run; goes into the run file.", HelpName = "NAME" };
    private readonly Option<string?> _override = new("--override") { Description = "Why preflight findings that may be overridden are overridden.", HelpName = "REASON" };

    public static Option<string> Channel() => new("--channel") { Description = "Channel, instrument/number.", Required = true, HelpName = "CHANNEL" };

    public void AddTo(Command command)
    {
        command.Add(_protocol);
        command.Add(_cell);
        command.Add(_set);
        command.Add(_operator);
        command.Add(_override);
    }

    /// <exception cref="CommandLine.InputException">The file cannot be read, or a parameter is not name=value.</exception>
    public StartRequest Read(ParseResult parsed)
    {
        var protocol = parsed.GetRequiredValue(_protocol);
        return new StartRequest
        {
            Protocol = protocol,
            ProtocolText = IsFile(protocol) ? ProtocolSource.ReadText(protocol) : null,
            Cell = parsed.GetValue(_cell),
            Parameters = ProtocolSource.ReadParameters(parsed.GetValue(_set) ?? []),
            Operator = parsed.GetValue(_operator),
            OverrideReason = parsed.GetValue(_override),
        };
    }

    /// <summary>Whatever looks like a path is one; a bare name is a file only when there is one.</summary>
    private static bool IsFile(string protocol) =>
        File.Exists(protocol) || protocol.Contains('/', StringComparison.Ordinal) || protocol.Contains('\\', StringComparison.Ordinal);
}
