using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CyclerControl.Core.Channels;

/// <summary>The address of one output that holds one cell, written <c>instrument/number</c> (<c>demo/3</c>).</summary>
/// <param name="Instrument">Name of the instrument in the station.</param>
/// <param name="Number">Channel number on the instrument, counted as the profile's <c>channels.first</c> says.</param>
public readonly record struct ChannelId(string Instrument, int Number)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Instrument}/{Number}");

    /// <summary>Reads <c>instrument/number</c>; false when there is no slash, no name, or no whole number.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ChannelId id)
    {
        id = default;
        var slash = text?.LastIndexOf('/') ?? -1;
        if (slash <= 0 || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        id = new ChannelId(text![..slash], number);
        return true;
    }
}
