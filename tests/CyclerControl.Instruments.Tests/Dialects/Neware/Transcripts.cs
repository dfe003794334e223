using System.Runtime.CompilerServices;
using System.Text;

namespace CyclerControl.Instruments.Tests.Dialects.Neware;

/// <summary>Messages of a BTS program, in the shapes that were recorded from real ones: Transcripts/Neware. The line ends are put in here, so that no editor spoils them.</summary>
internal static class Transcripts
{
    public static IReadOnlyList<string> All { get; } = [.. Directory.GetFiles(Folder(), "*.xml").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    /// <summary>The document alone, with CR LF.</summary>
    public static string Text(string name) =>
        File.ReadAllText(Path.Combine(Folder(), name + ".xml")).TrimEnd().ReplaceLineEndings("\r\n");

    public static byte[] Bytes(string name) => Encoding.UTF8.GetBytes(Text(name));

    /// <summary>As it comes over the wire.</summary>
    public static byte[] Wire(string name) => Encoding.UTF8.GetBytes(Text(name) + "\n\n#\r\n");

    private static string Folder([CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "Transcripts", "Neware");
}
