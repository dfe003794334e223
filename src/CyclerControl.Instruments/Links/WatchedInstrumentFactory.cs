using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Stations;

namespace CyclerControl.Instruments.Links;

/// <summary>Makes links to the files of other software, <c>watch:///mnt/land?files=*_{channel}.cex</c>. Any thread.</summary>
/// <param name="profiles">What the profile of an address may be.</param>
/// <param name="isSimulated">True for an address where a simulator of this very process writes. Null: none does.</param>
/// <param name="timeProvider">Paces the attempts to open a folder again; null: the system's.</param>
public sealed class WatchedInstrumentFactory(
    ProfileLibrary profiles, Func<InstrumentAddress, bool>? isSimulated = null, TimeProvider? timeProvider = null) : IInstrumentFactory
{
    public string Scheme => "watch";

    public IInstrumentLink CreateLink(InstrumentAddress address, IClock clock)
    {
        if (address.Connect.Scheme != Scheme)
        {
            throw WireProfiles.Refused(address, $"'{address.Connect}' is not a watch:// address");
        }

        if (profiles.Find(address.Profile) is not { Adapter: ProfileAdapter.Land } profile)
        {
            throw WireProfiles.Refused(address, $"profile '{address.Profile}' is not a profile of watched channels");
        }

        return WatchAddress.TryParse(address.Connect, out var problem) is { } place
            ? new WatchedInstrumentLink(address, place, profile, clock, isSimulated?.Invoke(address) ?? false, timeProvider ?? TimeProvider.System)
            : throw WireProfiles.Refused(address, $"'{address.Connect}' {problem.What}; {problem.Cure}");
    }
}
