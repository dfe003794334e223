using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CyclerControl.Service.Security;

/// <summary>Tokens and session numbers: 256 random bits, kept only as their SHA-256.</summary>
internal static class Secret
{
    public const int ShownCharacters = 8;

    private const string Mark = "cyc_";
    private const int Bytes = 32;

    public static string New() => Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Takes the same time wherever the difference is.</summary>
    public static bool Equal(byte[] hash, byte[] other) => CryptographicOperations.FixedTimeEquals(hash, other);
}
