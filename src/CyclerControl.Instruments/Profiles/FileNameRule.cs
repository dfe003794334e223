using CyclerControl.Core.Documents;

namespace CyclerControl.Instruments.Profiles;

/// <summary>A file carries the name that stands inside it.</summary>
internal static class FileNameRule
{
    public static void Check(MappingReader reader, string key, string? name, string fileName)
    {
        if (name is null)
        {
            return;
        }

        if (!name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.') || name[0] is '-' or '.' || name.Length > 80)
        {
            reader.Report(key, "is not a name", "use small letters, digits, dots and dashes, at most 80");
        }
        else if (Path.GetFileNameWithoutExtension(fileName) is { Length: > 0 } stem
            && Path.GetExtension(fileName) is ".yaml" or ".yml" or ".json" && stem != name)
        {
            reader.Report(key, "is not the name of the file", $"write {key}: {stem}, or rename the file to {name}{Path.GetExtension(fileName)}");
        }
    }
}
