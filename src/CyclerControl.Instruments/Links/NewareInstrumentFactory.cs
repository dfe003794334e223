using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Stations;

namespace CyclerControl.Instruments.Links;

/// <summary>Makes links to units of Neware channels behind a BTS program, <c>neware://host?unit=1&amp;share=...&amp;bts_path=...</c>. Any thread.</summary>
/// <param name="profiles">What the profile of an address may be.</param>
/// <param name="isSimulated">True for an address behind which a simulator of this very process listens. Null: none is.</param>
/// <param name="timeProvider">Paces the attempts to open a link again; null: the system's.</param>
public sealed class NewareInstrumentFactory(
    ProfileLibrary profiles, Func<InstrumentAddress, bool>? isSimulated = null, TimeProvider? timeProvider = null) : IInstrumentFactory
{
    public string Scheme => "neware";

    public IInstrumentLink CreateLink(InstrumentAddress address, IClock clock)
    {
        if (address.Connect.Scheme != Scheme)
        {
            throw WireProfiles.Refused(address, $"'{address.Connect}' is not a neware:// address");
        }

        if (profiles.Find(address.Profile) is not { Adapter: ProfileAdapter.Neware } profile)
        {
            throw WireProfiles.Refused(address, $"profile '{address.Profile}' is not the profile of a Neware unit");
        }

        return NewareAddress.TryParse(address.Connect, out var problem) is { } place
            ? new NewareInstrumentLink(address, place, profile, clock, isSimulated?.Invoke(address) ?? false, timeProvider ?? TimeProvider.System)
            : throw WireProfiles.Refused(address, $"'{address.Connect}' {problem.What}; {problem.Cure}");
    }
}
