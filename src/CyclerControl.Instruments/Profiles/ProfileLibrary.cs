using System.Collections.Immutable;
using System.Text;
using CyclerControl.Core.Documents;

namespace CyclerControl.Instruments.Profiles;

/// <summary>The profiles that a name can mean: those shipped with the program, and files. Immutable.</summary>
public sealed class ProfileLibrary
{
    private const string ResourceSuffix = ".profile.yaml";

    private readonly ImmutableSortedDictionary<string, HardwareProfile> _profiles;

    private ProfileLibrary(ImmutableSortedDictionary<string, HardwareProfile> profiles) => _profiles = profiles;

    /// <summary>The shipped profiles.</summary>
    /// <exception cref="InvalidOperationException">A shipped profile is wrong: a mistake of ours.</exception>
    public static ProfileLibrary Shipped { get; } = LoadShipped();

    /// <summary>Sorted by name.</summary>
    public IReadOnlyList<HardwareProfile> Profiles => [.. _profiles.Values];

    /// <summary>Null where no profile has that name.</summary>
    public HardwareProfile? Find(string name) => _profiles.GetValueOrDefault(name);

    /// <summary>This library and one more; a shipped one of the same name gives way.</summary>
    public ProfileLibrary With(HardwareProfile profile) => new(_profiles.SetItem(profile.Name, profile));

    /// <summary>Reads a profile from a file. Never throws for what is in it, nor for a file that cannot be read.</summary>
    public static (HardwareProfile? Profile, IReadOnlyList<Problem> Problems) ReadFile(string path)
    {
        try
        {
            return ProfileReader.Read(path, DocumentFile.ReadText(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, [new Problem(path, 1, 1, "file", null, "cannot be read: " + failure.Message.TrimEnd('.'), "check the path and the permissions")]);
        }
    }

    /// <summary>The text of each shipped profile by its name, as it stands in hardware-profiles/.</summary>
    public static IReadOnlyDictionary<string, string> ShippedTexts()
    {
        var assembly = typeof(ProfileLibrary).Assembly;
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.EndsWith(ResourceSuffix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            texts.Add(resource[..^ResourceSuffix.Length], reader.ReadToEnd());
        }

        return texts;
    }

    private static ProfileLibrary LoadShipped()
    {
        var profiles = ImmutableSortedDictionary.CreateBuilder<string, HardwareProfile>(StringComparer.Ordinal);
        foreach (var (name, text) in ShippedTexts())
        {
            var (profile, problems) = ProfileReader.Read(name + ".yaml", text);
            profiles.Add(name, profile ?? throw new InvalidOperationException(string.Join(Environment.NewLine, problems)));
        }

        return new ProfileLibrary(profiles.ToImmutable());
    }
}
