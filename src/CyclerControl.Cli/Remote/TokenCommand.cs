using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Commands;
using CyclerControl.Cli.Output;
using CyclerControl.Client;
using CyclerControl.Client.Security;

namespace CyclerControl.Cli.Remote;

/// <summary>`cycler token add|list|revoke`: who may ask the service for what.</summary>
public sealed class TokenCommand : RemoteCommand
{
    public override IReadOnlyList<string> Examples { get; } =
    [
        "cycler token add anna --role operator",
        "cycler token list",
        "cycler token revoke anna",
    ];

    internal override Command Build()
    {
        var command = new Command("token", "Make, list and revoke the tokens of users (administrators only).") { Add(), List(), Revoke() };
        return WithExamples(command);
    }

    private Command Add()
    {
        var name = new Argument<string>("name") { Description = "Of a person or a program." };
        var role = new Option<string>("--role") { Description = "viewer, operator, engineer or admin.", HelpName = "ROLE", Required = true };
        role.AcceptOnlyFromAmong("viewer", "operator", "engineer", "admin");
        var json = CommonOptions.Json();
        var command = new Command("add", "Make a token; it is shown this once.") { name, role, json };
        Service.AddTo(command);
        command.SetAction((parsed, stop) => AskAsync(parsed, async client =>
        {
            var made = await client.AddTokenAsync(new TokenRequest { Name = parsed.GetRequiredValue(name), Role = parsed.GetRequiredValue(role) }, stop);
            if (!parsed.GetValue(json))
            {
                StandardStreams.Problem($"{made.Name} is {made.Role} from now on; the next line is the token, which nobody can show again:");
            }

            StandardStreams.Line(parsed.GetValue(json) ? JsonSerializer.Serialize(made, ApiJson.Options) : made.Token);
            return ExitCode.Planned;
        }));
        return command;
    }

    private Command List()
    {
        var json = CommonOptions.Json();
        var command = new Command("list", "List users with their roles, never their tokens.") { json };
        Service.AddTo(command);
        command.SetAction((parsed, stop) => AskAsync(parsed, async client =>
        {
            var tokens = await client.TokensAsync(stop);
            if (parsed.GetValue(json))
            {
                StandardStreams.Line(JsonSerializer.Serialize(tokens, ApiJson.Options));
                return ExitCode.Planned;
            }

            StandardStreams.Line($"{"name",-24} {"role",-9} {"token",-12} {"made",-17} last used (UTC)");
            foreach (var token in tokens)
            {
                StandardStreams.Line(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{token.Name,-24} {token.Role,-9} {token.Prefix + "...",-12} {token.CreatedUtc,-17:yyyy-MM-dd HH:mm} {token.LastUsedUtc?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "never"}"));
            }

            return ExitCode.Planned;
        }));
        return command;
    }

    private Command Revoke()
    {
        var name = new Argument<string>("name") { Description = "Whose token." };
        var json = CommonOptions.Json();
        var command = new Command("revoke", "Make a token useless, with the sessions that it opened.") { name, json };
        Service.AddTo(command);
        command.SetAction((parsed, stop) => AskAsync(parsed, async client =>
        {
            var revoked = await client.RevokeTokenAsync(parsed.GetRequiredValue(name), stop);
            StandardStreams.Line(parsed.GetValue(json) ? JsonSerializer.Serialize(revoked, ApiJson.Options) : $"{revoked.Name}: token {revoked.Prefix}... opens nothing any more");
            return ExitCode.Planned;
        }));
        return command;
    }
}
