using System.CommandLine;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Output;
using CyclerControl.Client;

namespace CyclerControl.Cli.Remote;

/// <summary>`cycler login`: tries a token and keeps it for this user.</summary>
public sealed class LoginCommand : RemoteCommand
{
    public override IReadOnlyList<string> Examples { get; } = ["cycler login --token-file cycler-data/admin.token"];

    internal override Command Build()
    {
        var command = new Command("login", "Try a token, from --token-file or a line of standard input, and keep it for this user and this service.");
        Service.AddTo(command);
        command.SetAction((parsed, stop) => LogInAsync(parsed, stop));
        return WithExamples(command);
    }

    private async Task<int> LogInAsync(ParseResult parsed, CancellationToken stop)
    {
        var url = Service.Url(parsed);
        var token = Service.GivenToken(parsed) ?? Ask()
            ?? throw new InputException("token: none was given; paste it as one line, or name a file with --token-file");
        return await AskAsync(parsed, new CyclerClient(url, token), async client =>
        {
            var who = await client.WhoAmIAsync(stop);
            KeptTokens.Keep(url, token);
            StandardStreams.Line($"{who.Name} is {who.Role} at {url.GetLeftPart(UriPartial.Authority)}; kept in {KeptTokens.Place}");
            return ExitCode.Planned;
        });
    }

    private static string? Ask()
    {
        if (!Console.IsInputRedirected)
        {
            StandardStreams.Problem("token (one line; it will be seen on the screen):");
        }

        return Commands.RemoteOptions.TokenIn(Console.In.ReadLine());
    }
}
