using System.Globalization;
using System.Text;

namespace CyclerControl.Core.Documents;

/// <summary>One thing that is wrong in a file, with its place and its cure.</summary>
/// <param name="File">File name as the user gave it; <c>--cell</c> and <c>--set</c> for the command line.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
/// <param name="Path">As messages name it: <c>steps[2].charge</c>; <c>file</c> for the file as a whole.</param>
/// <param name="Value">The offending text; null where none is to be shown.</param>
/// <param name="Message">What is wrong, to be read after the value.</param>
/// <param name="Cure">What to write or do.</param>
public sealed record Problem(string File, int Line, int Column, string Path, string? Value, string Message, string Cure)
{
    private const int LongestValue = 60;

    /// <summary><c>FILE:LINE:COLUMN: PATH: 'VALUE' PROBLEM; CURE</c>, always one line.</summary>
    public override string ToString()
    {
        var value = Value is null ? "" : $"'{OneLine(Value)}' ";
        return string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}: {Path}: {value}{Message}; {Cure}");
    }

    private static string OneLine(string value)
    {
        var text = new StringBuilder(Math.Min(value.Length, LongestValue) + 4);
        foreach (var c in value)
        {
            if (text.Length >= LongestValue)
            {
                return text.Append("...").ToString();
            }

            _ = char.IsControl(c) || c is '\u2028' or '\u2029'
                ? text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")
                : text.Append(c);
        }

        return text.ToString();
    }
}
