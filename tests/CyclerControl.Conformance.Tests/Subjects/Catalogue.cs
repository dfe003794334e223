using CyclerControl.Instruments.Profiles;

namespace CyclerControl.Conformance.Tests.Subjects;

/// <summary>Every adapter that the suite is asked of: each shipped profile with a language joins by itself, with the simulator of the same name.</summary>
internal static class Catalogue
{
    public static IEnumerable<string> SetpointInstruments =>
        ProfileLibrary.Shipped.Profiles.Where(profile => profile.Language is not null).Select(profile => profile.Name);

    public static IConformanceSubject Make(string name) => new ScpiSubject(ProfileLibrary.Shipped.Find(name)!);
}
