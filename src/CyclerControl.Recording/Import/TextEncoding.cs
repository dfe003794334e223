using System.Text;

namespace CyclerControl.Recording.Import;

/// <summary>Byte order marks: UTF-8's is skipped, UTF-16 (a spreadsheet's "Unicode text") becomes UTF-8.</summary>
internal static class TextEncoding
{
    public static Stream AsUtf8(Stream stream)
    {
        Span<byte> mark = stackalloc byte[3];
        var count = stream.ReadAtLeast(mark, 3, throwOnEndOfStream: false);
        var skip = count switch
        {
            3 when mark[0] == 0xEF && mark[1] == 0xBB && mark[2] == 0xBF => 3,
            >= 2 when (mark[0] == 0xFF && mark[1] == 0xFE) || (mark[0] == 0xFE && mark[1] == 0xFF) => 2,
            _ => 0,
        };
        stream.Position = skip;
        return skip == 2 ? Encoding.CreateTranscodingStream(stream, mark[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode, Encoding.UTF8) : stream;
    }
}
