using System.Text;
using CyclerControl.Instruments.Framing;

namespace CyclerControl.Instruments.Tests.Framing;

public sealed class FramingTests
{
    [Theory]
    [InlineData("", "\n", FrameState.Incomplete, "")]
    [InlineData("+1.0", "\n", FrameState.Incomplete, "")]
    [InlineData("+1.0\n", "\n", FrameState.Complete, "+1.0")]
    [InlineData("+1.0\r\n", "\n", FrameState.Complete, "+1.0")]
    [InlineData("+1.0\r\n", "\r\n", FrameState.Complete, "+1.0")]
    [InlineData("+1.0\r", "\r\n", FrameState.Incomplete, "")]
    [InlineData("\n", "\n", FrameState.Complete, "")]
    [InlineData("1\n2\n", "\n", FrameState.TooMuch, "1")]
    [InlineData("1\n2", "\n", FrameState.TooMuch, "1")]
    public void LineFraming_Bytes_AreCutAtTheTerminator(string text, string terminator, FrameState expected, string payload)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var frame = LineFraming.Find(bytes, 0, Encoding.UTF8.GetBytes(terminator));
        Assert.Equal(expected, frame.State);
        Assert.Equal(payload, Encoding.UTF8.GetString(bytes, frame.Start, frame.Length));
    }

    [Fact]
    public void LineFraming_TerminatorArrivesInTwoPieces_IsFound()
    {
        var bytes = "ab\r\n"u8;
        Assert.Equal(FrameState.Incomplete, LineFraming.Find(bytes[..3], 0, "\r\n"u8).State);
        Assert.Equal(new Frame(FrameState.Complete, 0, 2), LineFraming.Find(bytes, 3, "\r\n"u8));
    }

    [Theory]
    [InlineData("#15hello\n", FrameState.Complete, "hello")]
    [InlineData("#205hello\n", FrameState.Complete, "hello")]
    [InlineData("#10\n", FrameState.Complete, "")]
    [InlineData("#15he\nlo\n", FrameState.Complete, "he\nlo")]
    [InlineData("", FrameState.Incomplete, "")]
    [InlineData("#", FrameState.Incomplete, "")]
    [InlineData("#2", FrameState.Incomplete, "")]
    [InlineData("#15hell", FrameState.Incomplete, "")]
    [InlineData("#15hello", FrameState.Incomplete, "")]
    [InlineData("#0hello\n", FrameState.Malformed, "")]
    [InlineData("hello\n", FrameState.Malformed, "")]
    [InlineData("#2-5hello\n", FrameState.Malformed, "")]
    [InlineData("#15helloX", FrameState.Malformed, "")]
    [InlineData("#9999999999x", FrameState.Malformed, "")]
    [InlineData("#15hello\n!", FrameState.TooMuch, "hello")]
    public void DefiniteBlock_Bytes_AreCutByTheirLength(string text, FrameState expected, string payload)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var frame = DefiniteBlock.Find(bytes, "\n"u8, 1000);
        Assert.Equal(expected, frame.State);
        Assert.Equal(payload, Encoding.UTF8.GetString(bytes, frame.Start, frame.Length));
    }

    [Fact]
    public void DefiniteBlock_AnyPrefix_IsIncomplete()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var payload = new byte[random.Next(0, 300)];
            random.NextBytes(payload);
            var length = payload.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
            byte[] message = [.. Encoding.ASCII.GetBytes($"#{length.Length}{length}"), .. payload, (byte)'\n'];
            for (var cut = 0; cut < message.Length; cut++)
            {
                Assert.Equal(FrameState.Incomplete, DefiniteBlock.Find(message.AsSpan(0, cut), "\n"u8, 1000).State);
            }

            var frame = DefiniteBlock.Find(message, "\n"u8, 1000);
            Assert.Equal(FrameState.Complete, frame.State);
            Assert.True(message.AsSpan(frame.Start, frame.Length).SequenceEqual(payload));
        }
    }
}
