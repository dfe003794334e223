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

    /// <summary>The address that the command line means.</summary>
    /// <exception cref="InputException">It is wrong.</exception>
    public Uri Url(ParseResult parsed) => ParseUrl(parsed.GetValue(_url) ?? Environment.GetEnvironmentVariable(UrlVariable) ?? DefaultUrl);

    /// <summary>A client for the service that the command line means.</summary>
    /// <exception cref="InputException">The address or the token file is wrong.</exception>
    public CyclerClient Connect(ParseResult parsed)
    {
        var url = Url(parsed);
        return new CyclerClient(url, GivenToken(parsed) ?? Environment.GetEnvironmentVariable(TokenVariable) ?? KeptTokens.Find(url));
    }

    /// <summary>The token of <c>--token-file</c>; null when there is no such option.</summary>
    /// <exception cref="InputException">The file cannot be read, or holds no token.</exception>
    public string? GivenToken(ParseResult parsed)
    {
        if (parsed.GetValue(_tokenFile) is not { } file)
        {
            return null;
        }

        try
        {
            return TokenIn(File.ReadAllText(file)) ?? throw new InputException($"--token-file: '{file}' holds no token; it is one line, as 'cycler token add' printed it");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--token-file: '{file}' cannot be read ({failure.Message.TrimEnd('.')}); check its path and who owns it", failure);
        }
    }

    /// <summary>A token as somebody wrote or pasted it; null when it can be none.</summary>
    public static string? TokenIn(string? text) =>
        text?.Trim() is { Length: > 0 and <= 256 } token && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? token : null;

    /// <summary>What the service refused, with the way in for somebody whom it does not know.</summary>
    public RefusedException Refused(ApiException refused, ParseResult parsed) => new(refused, refused.Status == 401 ? HowToGetIn(parsed) : null);

    private string HowToGetIn(ParseResult parsed)
    {
        var url = Url(parsed);
        var file = Path.Combine(CommonOptions.DefaultData, "admin.token");
        return url.IsLoopback && File.Exists(file)
            ? $"the administrator's token of the service of this folder is in {Path.GetFullPath(file)}: 'cycler login --url {url.GetLeftPart(UriPartial.Authority)} --token-file {file}'"
            : $"'cycler login --url {url.GetLeftPart(UriPartial.Authority)} --token-file FILE' keeps a token; the first one is in the service's data folder, in admin.token, others are made by 'cycler token add'";
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
            throw Refused(refused, parsed);
        }
    }

    /// <exception cref="InputException">Not an http or https address.</exception>
    public static Uri ParseUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new InputException($"--url: '{text}' is no address of a service; write {DefaultUrl}");
}
