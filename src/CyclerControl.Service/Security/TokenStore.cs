using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CyclerControl.Client.Security;
using CyclerControl.Service.Answers;

namespace CyclerControl.Service.Security;

/// <summary>The tokens of a data folder: <c>tokens.json</c>, hashes only, readable by the owner only. Any thread.</summary>
public sealed partial class TokenStore : IDisposable
{
    /// <summary>Name of the token that the first start makes.</summary>
    public const string FirstName = "admin";

    /// <summary>How old "last used" in the file may be.</summary>
    private static readonly TimeSpan s_usePrecision = TimeSpan.FromMinutes(10);

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter<Role>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly Lock _guard = new();
    private volatile IReadOnlyList<StoredToken> _tokens;
    private DateTimeOffset _savedUtc;

    private TokenStore(string path, IReadOnlyList<StoredToken> tokens, TimeProvider time)
    {
        _path = path;
        _tokens = tokens;
        _time = time;
        _savedUtc = time.GetUtcNow();
    }

    /// <summary>Where the first start left the administrator's token; null when this was not the first.</summary>
    public string? NewAdminTokenFile { get; private init; }

    /// <summary>True when somebody has made a token besides the first one.</summary>
    public bool HasNamedUser => _tokens.Any(t => t.Name != FirstName);

    public IReadOnlyList<TokenInfo> All => [.. _tokens.Select(t => t.View())];

    /// <summary>Opens the store of a data folder; the first time it makes an administrator's token and writes it into <c>admin.token</c>.</summary>
    /// <exception cref="InvalidDataException">The file is there and cannot be understood.</exception>
    public static TokenStore Open(string dataFolder, TimeProvider time)
    {
        var path = Path.Combine(dataFolder, "tokens.json");
        if (File.Exists(path))
        {
            return new TokenStore(path, Read(path), time);
        }

        var file = Path.Combine(dataFolder, "admin.token");
        var secret = Secret.New();
        PrivateFile.Write(file, secret + Environment.NewLine);
        var store = new TokenStore(path, [Made(FirstName, Role.Admin, secret, time)], time) { NewAdminTokenFile = file };
        store.Save(store._tokens);
        return store;
    }

    /// <summary>Makes a token. This answer is the only place where it can be read.</summary>
    public Answer<TokenMade> Add(string name, string role)
    {
        var problems = new List<string>();
        if (!Name().IsMatch(name))
        {
            problems.Add("name: a user's name has 1 to 64 letters, digits, dots, dashes, underscores and @; write for example anna.k");
        }

        if (RoleWords.Parse(role) is null)
        {
            problems.Add($"role: there is no such role; use one of {RoleWords.All}");
        }

        if (problems.Count > 0)
        {
            return new Refusal(RefusalKind.Invalid, problems);
        }

        lock (_guard)
        {
            if (_tokens.Any(t => string.Equals(t.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                return new Refusal(RefusalKind.Conflict, $"name: '{name}' has a token already; revoke it first with 'cycler token revoke {name}', or take another name");
            }

            var secret = Secret.New();
            var token = Made(name, RoleWords.Parse(role)!.Value, secret, _time);
            return TrySave([.. _tokens, token]) is { } failure ? failure : new TokenMade(name, role, secret);
        }
    }

    /// <summary>From now on the token of this name opens nothing.</summary>
    public Answer<TokenInfo> Revoke(string name)
    {
        lock (_guard)
        {
            if (_tokens.FirstOrDefault(t => t.Name == name) is not { } token)
            {
                return new Refusal(RefusalKind.NotFound, $"name: nobody here is called '{name}'; 'cycler token list' shows who is");
            }

            List<StoredToken> rest = [.. _tokens.Where(t => t != token)];
            return !rest.Any(t => t.Role == Role.Admin)
                ? new Refusal(RefusalKind.Conflict, $"name: '{name}' is the last administrator; make another one first")
                : TrySave(rest) is { } failure ? failure : token.View();
        }
    }

    /// <summary>Who this is; null: nobody.</summary>
    public Identified? Find(string secret)
    {
        var hash = Secret.Hash(secret);
        StoredToken? found = null;
        foreach (var token in _tokens)
        {
            found = Secret.Equal(hash, token.Hash) ? token : found;
        }

        if (found is null)
        {
            return null;
        }

        Touch(found);
        return new Identified(found.Name, found.Role);
    }

    /// <summary>Role of a user today; null when revoked.</summary>
    public Role? RoleOf(string name) => _tokens.FirstOrDefault(t => t.Name == name)?.Role;

    public void Dispose()
    {
        lock (_guard)
        {
            TrySave(_tokens);
        }
    }

    private static List<StoredToken> Read(string path)
    {
        const string Cure = "put the file back from a backup, or delete it: the next start then makes a new administrator's token";
        try
        {
            return JsonSerializer.Deserialize<List<StoredToken>>(File.ReadAllText(path), s_json) is { Count: > 0 } tokens && tokens.TrueForAll(t => t is not null)
                ? tokens
                : throw new InvalidDataException($"{path}: holds no tokens; {Cure}");
        }
        catch (Exception broken) when (broken is JsonException or FormatException)
        {
            throw new InvalidDataException($"{path}: cannot be understood ({broken.Message}); {Cure}", broken);
        }
    }

    private static StoredToken Made(string name, Role role, string secret, TimeProvider time) =>
        new(name, role, secret[..Secret.ShownCharacters], Convert.ToHexStringLower(Secret.Hash(secret)), time.GetUtcNow(), null);

    private void Touch(StoredToken token)
    {
        var now = _time.GetUtcNow();
        if (token.LastUsedUtc is { } last && now - last < s_usePrecision)
        {
            return;
        }

        lock (_guard)
        {
            _tokens = [.. _tokens.Select(t => t.Name == token.Name ? t with { LastUsedUtc = now } : t)];
            if (now - _savedUtc >= s_usePrecision)
            {
                TrySave(_tokens); // What is lost otherwise is a time of use: never a reason to keep somebody out.
            }
        }
    }

    private Refusal? TrySave(IReadOnlyList<StoredToken> tokens)
    {
        try
        {
            Save(tokens);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Refusal(RefusalKind.Unavailable, $"{_path}: cannot be written ({failure.Message.TrimEnd('.')}); check free space and rights, then try again");
        }
    }

    private void Save(IReadOnlyList<StoredToken> tokens)
    {
        PrivateFile.Write(_path, JsonSerializer.Serialize(tokens, s_json));
        _tokens = tokens;
        _savedUtc = _time.GetUtcNow();
    }

    [GeneratedRegex("^[A-Za-z0-9._@-]{1,64}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}

/// <summary>Somebody whose token or session is good.</summary>
public sealed record Identified(string Name, Role Role);
