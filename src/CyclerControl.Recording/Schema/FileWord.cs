using System.Text;

namespace CyclerControl.Recording.Schema;

/// <summary>Enum values as the lower-case words of the public format: <c>ShortFound</c> is <c>short_found</c>.</summary>
internal static class FileWord
{
    public static string Of<T>(T value)
        where T : struct, Enum => Words<T>.ByValue[value];

    /// <exception cref="RecordingException">No such word: the file was written by a newer version, or is damaged.</exception>
    public static T Parse<T>(string word)
        where T : struct, Enum =>
        Words<T>.ByWord.TryGetValue(word, out var value)
            ? value
            : throw new RecordingException($"run file: '{word}' is no {typeof(T).Name} that this version knows; read it with a newer version");

    private static string Snake(string name)
    {
        var word = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && word.Length > 0)
                word.Append('_');
            word.Append(char.ToLowerInvariant(c));
        }

        return word.ToString();
    }

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue = Enum.GetValues<T>().ToDictionary(v => v, v => Snake(v.ToString()));
        public static readonly Dictionary<string, T> ByWord = ByValue.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
    }
}
