using System.CommandLine;
using CyclerControl.Cli.Commands;
using CyclerControl.Client;
using CyclerControl.Client.Problems;

namespace CyclerControl.Cli.Remote;

/// <summary>A command that asks the service.</summary>
public abstract class RemoteCommand : CyclerCommand
{
    private protected RemoteOptions Service { get; } = new();

    /// <summary>Asks, and turns what the service refuses into words and an exit code.</summary>
    private protected Task<int> AskAsync(ParseResult parsed, Func<CyclerClient, Task<int>> ask) => AskAsync(parsed, Service.Connect(parsed), ask);

    /// <summary>The same with a client of the command's own, which is disposed of.</summary>
    private protected async Task<int> AskAsync(ParseResult parsed, CyclerClient client, Func<CyclerClient, Task<int>> ask)
    {
        try
        {
            using (client)
            {
                return await ask(client);
            }
        }
        catch (ApiException refused)
        {
            throw Service.Refused(refused, parsed);
        }
    }
}
