using System.Text.Json.Serialization;
using CyclerControl.Client.Security;

namespace CyclerControl.Service.Security;

/// <summary>What is kept of a token: never the token.</summary>
/// <param name="Sha256">Of the token, hex.</param>
internal sealed record StoredToken(string Name, Role Role, string Prefix, string Sha256, DateTimeOffset CreatedUtc, DateTimeOffset? LastUsedUtc)
{
    [JsonIgnore]
    public byte[] Hash { get; } = Convert.FromHexString(Sha256);

    public TokenInfo View() => new()
    {
        Name = Name,
        Role = Role.Word(),
        Prefix = Prefix,
        CreatedUtc = CreatedUtc,
        LastUsedUtc = LastUsedUtc,
    };
}
