using System.Globalization;
using System.Security.Cryptography;

namespace CyclerControl.Instruments.Dialects.Land;

/// <summary>What a file says about its test: enough to know it again after a restart, or under another name.</summary>
/// <param name="Channel">As the vendor's software shows it, from 1; null where the file does not say it.</param>
/// <param name="Unit">Of a <c>.cex</c> file.</param>
/// <param name="Begun">By the clock of the vendor's PC; of an export, the date of its first row. Null where it is not there or is no date.</param>
/// <param name="Hash">Of the bytes that stay as they are while the file grows.</param>
internal sealed record LandHead(LandFormat Format, int? Channel, int? Unit, DateTime? Begun, string Hash)
{
    private const string NameMark = ", file ";

    /// <summary>What is kept of a followed file, for <see cref="IsOf"/>.</summary>
    public string Ticket(string fileName)
    {
        var begun = Begun?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "at an unknown time";
        var channel = Channel?.ToString(CultureInfo.InvariantCulture) ?? "unknown";
        return $"{LandFormats.NameOf(Format)} of channel {channel}, test begun {begun}, head {Hash}{NameMark}{fileName}";
    }

    /// <summary>The ticket was given for this test; its file may have another name by now.</summary>
    public bool IsOf(string ticket)
    {
        var ours = Ticket("");
        return ticket.StartsWith(ours, StringComparison.Ordinal);
    }

    /// <summary>64 bits of SHA-256.</summary>
    public static string HashOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash[..8]);
    }
}
