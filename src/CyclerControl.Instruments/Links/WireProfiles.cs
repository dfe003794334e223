using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Profiles;

namespace CyclerControl.Instruments.Links;

/// <summary>The profile of an address on a wire.</summary>
internal static class WireProfiles
{
    /// <exception cref="InstrumentException">It is not known, or has no language.</exception>
    public static HardwareProfile Find(ProfileLibrary profiles, InstrumentAddress address)
    {
        if (profiles.Find(address.Profile) is not { } profile)
        {
            throw Refused(address, $"profile '{address.Profile}' is not known; known are {string.Join(", ", profiles.Profiles.Select(known => known.Name))}");
        }

        return profile.Language is null ? throw Refused(address, $"profile '{profile.Name}' is not the profile of an instrument on a wire") : profile;
    }

    public static InstrumentException Refused(InstrumentAddress address, string what) =>
        new($"{address.Name}: {what}") { Instrument = address.Name };
}
