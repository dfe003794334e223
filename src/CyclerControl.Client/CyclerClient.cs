using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CyclerControl.Client.Channels;
using CyclerControl.Client.Problems;
using CyclerControl.Client.Protocols;
using CyclerControl.Client.Runs;
using CyclerControl.Client.Security;
using CyclerControl.Client.Stations;

namespace CyclerControl.Client;

/// <summary>A typed way to a service. Every member throws <see cref="ApiException"/> when the service refuses or cannot be reached.</summary>
public sealed class CyclerClient : IDisposable
{
    private const string Root = "api/v1/";

    private readonly HttpClient _http;

    /// <param name="url">Of the service, for example <c>http://127.0.0.1:5080</c>.</param>
    /// <param name="token">Bearer token; null: none is sent.</param>
    public CyclerClient(Uri url, string? token = null)
        : this(new HttpClient { BaseAddress = WithSlash(url), Timeout = TimeSpan.FromMinutes(5) }, token)
    {
    }

    /// <param name="http">Disposed of with this; its base address is the service's.</param>
    public CyclerClient(HttpClient http, string? token = null)
    {
        _http = http;
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public Task<StationStatus> StationAsync(CancellationToken stop = default) => GetAsync<StationStatus>("station", stop);

    /// <summary>What the service was told, without secrets; for administrators.</summary>
    public Task<IReadOnlyList<ConfigurationEntry>> ConfigurationAsync(CancellationToken stop = default) => GetAsync<IReadOnlyList<ConfigurationEntry>>("configuration", stop);

    public Task<IReadOnlyList<ChannelStatus>> ChannelsAsync(CancellationToken stop = default) => GetAsync<IReadOnlyList<ChannelStatus>>("channels", stop);

    public Task<ChannelStatus> ChannelAsync(string channel, CancellationToken stop = default) => GetAsync<ChannelStatus>(Of(channel), stop);

    public Task<StartAnswer> StartAsync(string channel, StartRequest request, CancellationToken stop = default) =>
        PostAsync<StartAnswer>(Of(channel) + "/start", request, stop);

    /// <summary>All that a start would look at, without starting.</summary>
    public Task<IReadOnlyList<PreflightFinding>> PreflightAsync(string channel, StartRequest request, CancellationToken stop = default) =>
        PostAsync<IReadOnlyList<PreflightFinding>>(Of(channel) + "/preflight", request, stop);

    public Task<IReadOnlyList<BulkStartResult>> BulkStartAsync(BulkStartRequest request, CancellationToken stop = default) =>
        PostAsync<IReadOnlyList<BulkStartResult>>("bulk-start", request, stop);

    /// <param name="wish">stop, pause, resume, skip, end or acknowledge.</param>
    public Task<WishAnswer> WishAsync(string channel, string wish, WishRequest request, CancellationToken stop = default) =>
        PostAsync<WishAnswer>($"{Of(channel)}/{wish}", request, stop);

    public Task<IReadOnlyList<WishAnswer>> StopAllAsync(WishRequest request, CancellationToken stop = default) =>
        PostAsync<IReadOnlyList<WishAnswer>>("stop-all", request, stop);

    public Task<WishAnswer> NoteAsync(string channel, NoteRequest request, CancellationToken stop = default) =>
        PostAsync<WishAnswer>(Of(channel) + "/note", request, stop);

    public Task<IReadOnlyList<QueueEntry>> QueueAsync(string channel, CancellationToken stop = default) =>
        GetAsync<IReadOnlyList<QueueEntry>>(Of(channel) + "/queue", stop);

    public Task<QueueEntry> EnqueueAsync(string channel, QueueRequest request, CancellationToken stop = default) =>
        PostAsync<QueueEntry>(Of(channel) + "/queue", request, stop);

    /// <summary>The new cell is in: the next order may start.</summary>
    public Task<StartAnswer> ConfirmCellAsync(string channel, WishRequest request, CancellationToken stop = default) =>
        PostAsync<StartAnswer>(Of(channel) + "/queue/confirm", request, stop);

    public async Task DequeueAsync(string channel, long id, CancellationToken stop = default)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Delete, FormattableString.Invariant($"{Root}{Of(channel)}/queue/{id}")), stop);
    }

    public Task<IReadOnlyList<ProtocolInfo>> ProtocolsAsync(CancellationToken stop = default) => GetAsync<IReadOnlyList<ProtocolInfo>>("protocols", stop);

    /// <param name="version">Null: the newest; 0: as it was shipped.</param>
    public Task<ProtocolInfo> ProtocolAsync(string name, int? version = null, CancellationToken stop = default) =>
        GetAsync<ProtocolInfo>($"protocols/{Uri.EscapeDataString(name)}" + (version is { } n ? FormattableString.Invariant($"?version={n}") : ""), stop);

    public Task<ValidationAnswer> ValidateAsync(ProtocolText protocol, CancellationToken stop = default) =>
        PostAsync<ValidationAnswer>("protocols/validate", protocol, stop);

    public Task<PreviewAnswer> PreviewAsync(ProtocolText protocol, CancellationToken stop = default) => PostAsync<PreviewAnswer>("protocols/preview", protocol, stop);

    /// <summary>Keeps a valid protocol as the next version of a name.</summary>
    public async Task<ProtocolInfo> UploadAsync(string name, ProtocolText protocol, CancellationToken stop = default)
    {
        using var content = JsonContent.Create(protocol, options: ApiJson.Options);
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Put, $"{Root}protocols/{Uri.EscapeDataString(name)}") { Content = content }, stop);
        return await ReadAsync<ProtocolInfo>(answer, stop);
    }

    /// <summary>For a dead-man check.</summary>
    public Task<Heartbeat> HeartbeatAsync(CancellationToken stop = default) => GetAsync<Heartbeat>("heartbeat", stop);

    /// <summary>All runs, or those of one cell, oldest first.</summary>
    public Task<IReadOnlyList<RunInfo>> RunsAsync(string? cell = null, CancellationToken stop = default) =>
        GetAsync<IReadOnlyList<RunInfo>>(cell is null ? "runs" : "runs?cell=" + Uri.EscapeDataString(cell), stop);

    /// <param name="run">Run id, the unique beginning of one, or <c>last</c>.</param>
    public Task<RunInfo> RunAsync(string run, CancellationToken stop = default) => GetAsync<RunInfo>("runs/" + Uri.EscapeDataString(run), stop);

    /// <param name="after">Sequence number of the last event that is known; 0: all.</param>
    public Task<IReadOnlyList<RunEventInfo>> EventsAsync(string run, long after = 0, CancellationToken stop = default) =>
        GetAsync<IReadOnlyList<RunEventInfo>>(FormattableString.Invariant($"runs/{Uri.EscapeDataString(run)}/events?after={after}"), stop);

    /// <param name="format">json, md or text.</param>
    public async Task<string> ReportAsync(string run, string format, CancellationToken stop = default)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"{Root}runs/{Uri.EscapeDataString(run)}/report?format={format}"), stop);
        return await answer.Content.ReadAsStringAsync(stop);
    }

    /// <summary>Streams an export into <paramref name="destination"/>.</summary>
    /// <param name="format">bdf or csv.</param>
    /// <param name="burst">Number of a burst, or <c>all</c>; null: the run.</param>
    public async Task ExportAsync(string run, string format, string? burst, Stream destination, CancellationToken stop = default)
    {
        var query = $"?format={format}" + (burst is null ? "" : "&burst=" + Uri.EscapeDataString(burst));
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"{Root}runs/{Uri.EscapeDataString(run)}/export{query}"), stop);
        await answer.Content.CopyToAsync(destination, stop);
    }

    /// <summary>Whether a service answers at all, within a second.</summary>
    public async Task<bool> AnswersAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            using var answer = await TransportAsync(new HttpRequestMessage(HttpMethod.Get, "health/live"), patience.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception silent) when (silent is ApiException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The last lines of the audit log, oldest first.</summary>
    public Task<IReadOnlyList<AuditEntry>> AuditAsync(int limit, CancellationToken stop = default) =>
        GetAsync<IReadOnlyList<AuditEntry>>(FormattableString.Invariant($"audit?limit={limit}"), stop);

    public Task<AuditVerdict> VerifyAuditAsync(CancellationToken stop = default) => GetAsync<AuditVerdict>("audit/verify", stop);

    public Task<Identity> WhoAmIAsync(CancellationToken stop = default) => GetAsync<Identity>("whoami", stop);

    public Task<IReadOnlyList<TokenInfo>> TokensAsync(CancellationToken stop = default) => GetAsync<IReadOnlyList<TokenInfo>>("tokens", stop);

    /// <summary>The answer is the only place where the token can be read.</summary>
    public Task<TokenMade> AddTokenAsync(TokenRequest request, CancellationToken stop = default) => PostAsync<TokenMade>("tokens", request, stop);

    public async Task<TokenInfo> RevokeTokenAsync(string name, CancellationToken stop = default)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"{Root}tokens/{Uri.EscapeDataString(name)}"), stop);
        return await ReadAsync<TokenInfo>(answer, stop);
    }

    /// <summary>Health does not ask for a token, and answers with reasons when it is bad.</summary>
    public async Task<HealthStatus> HealthAsync(CancellationToken stop = default)
    {
        using var answer = await TransportAsync(new HttpRequestMessage(HttpMethod.Get, "health/ready"), stop);
        return await ReadAsync<HealthStatus>(answer, stop);
    }

    public void Dispose() => _http.Dispose();

    private static string Of(string channel)
    {
        var parts = channel.Split('/');
        return parts.Length == 2
            ? $"channels/{Uri.EscapeDataString(parts[0])}/{Uri.EscapeDataString(parts[1])}"
            : throw new ApiException($"'{channel}' is no channel; write instrument/number, for example demo/3");
    }

    private static Uri WithSlash(Uri url) => url.AbsoluteUri.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/");

    private async Task<T> GetAsync<T>(string path, CancellationToken stop)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, Root + path), stop);
        return await ReadAsync<T>(answer, stop);
    }

    private async Task<T> PostAsync<T>(string path, object body, CancellationToken stop)
    {
        using var content = JsonContent.Create(body, body.GetType(), options: ApiJson.Options);
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Post, Root + path) { Content = content }, stop);
        return await ReadAsync<T>(answer, stop);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken stop)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync<T>(ApiJson.Answers, stop) ?? throw new ApiException("the service answered with nothing");
        }
        catch (JsonException failure)
        {
            throw new ApiException($"the answer of {answer.RequestMessage?.RequestUri} is not what a cycler service says; is something else listening there?", failure);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        var answer = await TransportAsync(request, stop);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw new ApiException((int)answer.StatusCode, await ProblemOfAsync(answer, stop));
        }
    }

    private async Task<HttpResponseMessage> TransportAsync(HttpRequestMessage request, CancellationToken stop)
    {
        try
        {
            using (request)
            {
                return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            }
        }
        catch (HttpRequestException failure)
        {
            throw new ApiException($"no service answers at {_http.BaseAddress}: {failure.Message}; start one with 'cycler serve', or name another with --url", failure);
        }
    }

    private static async Task<ApiProblem> ProblemOfAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync<ApiProblem>(ApiJson.Answers, stop) ?? new ApiProblem();
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException)
        {
            return new ApiProblem { Detail = $"the service answered {(int)answer.StatusCode} {answer.ReasonPhrase}" };
        }
    }
}
