using CyclerControl.Instruments.Profiles;

namespace CyclerControl.Conformance.Tests.Subjects;

/// <summary>Every adapter that the suite is asked of: each shipped profile with a language joins by itself, with the simulator of the same name.</summary>
internal static class Catalogue
{
    public static IEnumerable<string> SetpointInstruments =>
        ProfileLibrary.Shipped.Profiles.Where(profile => profile.Language is not null).Select(profile => profile.Name);

    /// <summary>Those that run our schedules by themselves; a shipped profile that nothing simulates fails the suite. Watched channels take no schedule.</summary>
    public static IEnumerable<string> ScheduledInstruments =>
        ProfileLibrary.Shipped.Profiles.Where(profile => profile.Capabilities is { Schedule: not null, IsWatched: false }).Select(profile => profile.Name);

    public static IScheduledSubject MakeScheduled(string name) => ProfileLibrary.Shipped.Find(name)! switch
    {
        { Adapter: ProfileAdapter.Neware } profile => new NewareSubject(profile),
        { Adapter: ProfileAdapter.BioLogic } profile => new EcLabSubject(profile),
        var other => throw new NotSupportedException($"profile {other.Name} is shipped, and no subject of the suite is of adapter {other.Adapter}: add one."),
    };

    public static IConformanceSubject Make(string name) => new ScpiSubject(ProfileLibrary.Shipped.Find(name)!);
}
