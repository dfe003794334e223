using System.Text;
using CyclerControl.Core.Documents;

namespace CyclerControl.Instruments.Profiles;

/// <summary>Reads no more of a file than the document reader would accept.</summary>
internal static class DocumentFile
{
    public static string ReadText(string path)
    {
        using var stream = File.OpenRead(path);
        var bytes = new byte[DocumentReader.MaxBytes + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
