using System.CommandLine;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Remote;
using CyclerControl.Client;
using CyclerControl.Client.Problems;

namespace CyclerControl.Cli.Commands;

/// <summary>How commands find the service, and what they show to be let in.</summary>
internal sealed class RemoteOptions
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    public const string UrlVariable = "CYCLER_URL";

    public const string TokenVariable = "CYCLER_TOKEN";

    private readonly Option<string?> _url = new("--url") { Description = $"The service; default: {UrlVariable}, then {DefaultUrl}.", HelpName = "URL" };
    private readonly Option<string?> _tokenFile = new("--token-file") { Description = $"File with the token; default: {TokenVariable}, then what 'cycler login' kept.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Add(_url);
        command.Add(_tokenFile);
    }

    /// <summary>A client for the service that the command line means.</summary>
    /// <exception cref="InputException">The address or the token file is wrong.</exception>
    public CyclerClient Connect(ParseResult parsed)
    {
        var url = ParseUrl(parsed.GetValue(_url) ?? Environment.GetEnvironmentVariable(UrlVariable) ?? DefaultUrl);
        return new CyclerClient(url, Token(parsed.GetValue(_tokenFile)));
    }

    /// <summary>
    /// The service that the command line or the environment names; or the one at the default address, if one answers there. Null: none,
    /// and nobody asked for one.
    /// </summary>
    /// <exception cref="InputException">The address or the token file is wrong.</exception>
    public async Task<CyclerClient?> TryConnectAsync(ParseResult parsed)
    {
        var client = Connect(parsed);
        if (parsed.GetValue(_url) is not null || Environment.GetEnvironmentVariable(UrlVariable) is not null || await client.AnswersAsync())
        {
            return client;
        }

        client.Dispose();
        return null;
    }

    /// <summary>Asks the service, unless the command line names a data folder, or no service answers and none was named.</summary>
    public async Task<int> AskOrReadAsync(ParseResult parsed, Option<string?> data, Func<CyclerClient, Task<int>> ask, Func<string, int> read)
    {
        if (parsed.GetValue(data) is { } folder)
        {
            return read(folder);
        }

        using var client = await TryConnectAsync(parsed);
        if (client is null)
        {
            return read(CommonOptions.DefaultData);
        }

        try
        {
            return await ask(client);
        }
        catch (ApiException refused)
        {
            throw new RefusedException(refused);
        }
    }

    /// <exception cref="InputException">Not an http or https address.</exception>
    public static Uri ParseUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new InputException($"--url: '{text}' is no address of a service; write {DefaultUrl}");

    private static string? Token(string? file)
    {
        if (file is null)
        {
            return Environment.GetEnvironmentVariable(TokenVariable);
        }

        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--token-file: '{file}' cannot be read ({failure.Message.TrimEnd('.')}); check its path and who owns it", failure);
        }
    }
}
