using System.Buffers.Binary;
using System.Globalization;
using CyclerControl.Core.Channels;

namespace CyclerControl.Instruments.Dialects.Scpi;

/// <summary>Turns a block into readings. A block that is not a whole number of readings, or whose times are no numbers, is no block. No allocation.</summary>
internal static class BlockDecoder
{
    /// <param name="block">Payload without head and terminator.</param>
    /// <param name="layout">What stands in it.</param>
    /// <param name="invalid">What stands for "no number"; NaN and the infinities always do.</param>
    /// <param name="readings">Where to; time is 0 where the layout has none.</param>
    /// <returns>How many readings; null: it is no block, or holds more than there is room for.</returns>
    public static int? Decode(ReadOnlySpan<byte> block, BlockLayout layout, InvalidReadings invalid, Span<BufferedReading> readings)
    {
        var count = 0;
        while (!block.IsEmpty)
        {
            if (count == readings.Length || !TryReading(ref block, layout, invalid, out readings[count]))
            {
                return null;
            }

            count++;
        }

        return count;
    }

    private static bool TryReading(ref ReadOnlySpan<byte> rest, BlockLayout layout, InvalidReadings invalid, out BufferedReading reading)
    {
        double seconds = 0, volts = 0, amperes = 0;
        var quality = ReadingQuality.Valid;
        reading = default;
        foreach (var quantity in layout.Values)
        {
            if (!TryNumber(ref rest, layout, invalid, out var number))
            {
                return false;
            }

            if (quantity == PlaceholderQuantity.Time)
            {
                if (!double.IsFinite(number))
                {
                    return false;
                }

                seconds = number;
            }
            else if (!double.IsFinite(number) || invalid.ContainsNumber(number))
            {
                quality = ReadingQuality.Invalid;
            }
            else if (quantity == PlaceholderQuantity.Voltage)
            {
                volts = number;
            }
            else
            {
                amperes = number;
            }
        }

        reading = quality == ReadingQuality.Valid ? new BufferedReading(seconds, volts, amperes, quality) : new BufferedReading(seconds, 0, 0, quality);
        return true;
    }

    private static bool TryNumber(ref ReadOnlySpan<byte> rest, BlockLayout layout, InvalidReadings invalid, out double number)
    {
        number = 0;
        if (layout.Coding == BlockCoding.Ascii)
        {
            return TryText(ref rest, invalid, out number);
        }

        var size = layout.Coding == BlockCoding.Float32 ? sizeof(float) : sizeof(double);
        if (rest.Length < size)
        {
            return false;
        }

        number = (layout.Coding, layout.BigEndian) switch
        {
            (BlockCoding.Float32, true) => BinaryPrimitives.ReadSingleBigEndian(rest),
            (BlockCoding.Float32, false) => BinaryPrimitives.ReadSingleLittleEndian(rest),
            (_, true) => BinaryPrimitives.ReadDoubleBigEndian(rest),
            _ => BinaryPrimitives.ReadDoubleLittleEndian(rest),
        };
        rest = rest[size..];
        return true;
    }

    private static bool TryText(ref ReadOnlySpan<byte> rest, InvalidReadings invalid, out double number)
    {
        var comma = rest.IndexOf((byte)',');
        var token = (comma < 0 ? rest : rest[..comma]).Trim(" \t"u8);
        if (comma == rest.Length - 1)
        {
            number = 0;
            return false;   // a list that ends in a comma has lost its end
        }

        rest = comma < 0 ? [] : rest[(comma + 1)..];
        if (double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
        {
            return true;
        }

        number = double.NaN;
        return invalid.ContainsText(token);
    }
}
