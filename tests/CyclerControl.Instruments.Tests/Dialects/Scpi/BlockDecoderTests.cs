using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.Scpi;
using CyclerControl.Instruments.Framing;

namespace CyclerControl.Instruments.Tests.Dialects.Scpi;

public sealed class BlockDecoderTests
{
    private static readonly ImmutableArray<PlaceholderQuantity> s_values =
        [PlaceholderQuantity.Time, PlaceholderQuantity.Voltage, PlaceholderQuantity.Current];

    private static readonly InvalidReadings s_invalid = new(["9.91E37", "NAN!"]);

    public static TheoryData<BlockCoding, bool> Codings => new()
    {
        { BlockCoding.Ascii, true }, { BlockCoding.Float32, true }, { BlockCoding.Float32, false }, { BlockCoding.Float64, true }, { BlockCoding.Float64, false },
    };

    [Theory]
    [MemberData(nameof(Codings))]
    public void Decode_AnyCut_IsReadingsOrNothingAndNeverThrows(BlockCoding coding, bool big)
    {
        var random = new Random(11);
        var layout = new BlockLayout(coding, big, s_values);
        var readings = new BufferedReading[50];
        for (var round = 0; round < 300; round++)
        {
            var numbers = Enumerable.Range(0, 3 * random.Next(0, 40)).Select(_ => Math.Round((random.NextDouble() * 8) - 4, 6)).ToArray();
            var block = Encode(numbers, coding, big);

            Assert.Equal(numbers.Length / 3, BlockDecoder.Decode(block, layout, s_invalid, readings));
            for (var i = 0; i < numbers.Length / 3; i++)
            {
                Assert.Equal(numbers[3 * i], readings[i].InstrumentSeconds, 1e-6);
                Assert.Equal(numbers[(3 * i) + 1], readings[i].Volts, 1e-6);
                Assert.Equal(numbers[(3 * i) + 2], readings[i].Amperes, 1e-6);
            }

            var cut = random.Next(block.Length + 1);
            var count = BlockDecoder.Decode(block.AsSpan(0, cut), layout, s_invalid, readings);
            var size = coding == BlockCoding.Float32 ? 12 : 24;
            if (coding != BlockCoding.Ascii)
            {
                Assert.Equal(cut % size == 0 ? cut / size : null, count);
            }

            random.NextBytes(block);
            _ = BlockDecoder.Decode(block, layout, s_invalid, readings);
        }
    }

    [Fact]
    public void Decode_MoreReadingsThanThereIsRoomFor_IsNoBlock() =>
        Assert.Null(BlockDecoder.Decode(Encode(new double[9], BlockCoding.Float64, true), new BlockLayout(BlockCoding.Float64, true, s_values), s_invalid, new BufferedReading[2]));

    [Theory]
    [InlineData("1.0,NaN,0.1")]
    [InlineData("1.0,0.1,+9.91E37")]
    [InlineData("1.0,NAN!,0.1")]
    [InlineData("1.0,Infinity,0.1")]
    public void Decode_NoNumber_IsAnInvalidReadingNotAZero(string text)
    {
        var readings = new BufferedReading[1];
        Assert.Equal(1, BlockDecoder.Decode(Encoding.ASCII.GetBytes(text), new BlockLayout(BlockCoding.Ascii, true, s_values), s_invalid, readings));
        Assert.Equal(new BufferedReading(1, 0, 0, ReadingQuality.Invalid), readings[0]);
    }

    [Theory]
    [InlineData("NaN,0.1,0.1")]
    [InlineData("1,2")]
    [InlineData("1,2,3,")]
    [InlineData(",1,2,3")]
    [InlineData("1,,3")]
    [InlineData("1,2,three")]
    public void Decode_NotAWholeReading_IsNoBlock(string text) =>
        Assert.Null(BlockDecoder.Decode(Encoding.ASCII.GetBytes(text), new BlockLayout(BlockCoding.Ascii, true, s_values), s_invalid, new BufferedReading[4]));

    [Fact]
    public void Find_BlockThatArrivesInAnyPieces_IsCompleteWithItsLastByteOnly()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var payload = new byte[random.Next(0, 300)];
            random.NextBytes(payload);
            var length = payload.Length.ToString(CultureInfo.InvariantCulture);
            byte[] message = [.. Encoding.ASCII.GetBytes($"#{length.Length}{length}"), .. payload, (byte)'\n'];
            for (var cut = 0; cut < message.Length; cut++)
            {
                Assert.Equal(FrameState.Incomplete, DefiniteBlock.Find(message.AsSpan(0, cut), "\n"u8, 1 << 20).State);
            }

            var frame = DefiniteBlock.Find(message, "\n"u8, 1 << 20);
            Assert.Equal((FrameState.Complete, payload.Length), (frame.State, frame.Length));
            byte[] longer = [.. message, 1];
            Assert.Equal(FrameState.TooMuch, DefiniteBlock.Find(longer, "\n"u8, 1 << 20).State);
        }
    }

    private static byte[] Encode(double[] numbers, BlockCoding coding, bool big)
    {
        if (coding == BlockCoding.Ascii)
        {
            return Encoding.ASCII.GetBytes(string.Join(',', numbers.Select(n => n.ToString("E9", CultureInfo.InvariantCulture))));
        }

        var size = coding == BlockCoding.Float32 ? 4 : 8;
        var bytes = new byte[numbers.Length * size];
        for (var i = 0; i < numbers.Length; i++)
        {
            var at = bytes.AsSpan(i * size);
            switch (coding, big)
            {
                case (BlockCoding.Float32, true):
                    BinaryPrimitives.WriteSingleBigEndian(at, (float)numbers[i]);
                    break;
                case (BlockCoding.Float32, false):
                    BinaryPrimitives.WriteSingleLittleEndian(at, (float)numbers[i]);
                    break;
                case (_, true):
                    BinaryPrimitives.WriteDoubleBigEndian(at, numbers[i]);
                    break;
                default:
                    BinaryPrimitives.WriteDoubleLittleEndian(at, numbers[i]);
                    break;
            }
        }

        return bytes;
    }
}
