using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Transports;

namespace CyclerControl.Instruments.Links;

/// <summary>Makes links to instruments behind <c>tcp://host:port</c>. Any thread.</summary>
/// <param name="profiles">What the profile of an address may be.</param>
/// <param name="isSimulated">
/// True for an address behind which a simulator of this very process listens, so that its clock may be scaled or virtual. Null: none is.
/// </param>
/// <param name="timeProvider">Paces the attempts to open a link again; null: the system's.</param>
/// <param name="record">Where everything that passes over the wire is remembered; null: nowhere.</param>
public sealed class TcpInstrumentFactory(
    ProfileLibrary profiles, Func<InstrumentAddress, bool>? isSimulated = null, TimeProvider? timeProvider = null, ICollection<RecordedExchange>? record = null)
    : IInstrumentFactory
{
    public string Scheme => "tcp";

    public IInstrumentLink CreateLink(InstrumentAddress address, IClock clock)
    {
        if (address.Connect.Scheme != Scheme)
        {
            throw WireProfiles.Refused(address, $"'{address.Connect}' is not a tcp:// address");
        }

        if (address.Connect.Host.Length == 0 || address.Connect.Port <= 0)
        {
            throw WireProfiles.Refused(address, $"'{address.Connect}' has no host or no port; write tcp://host:5025");
        }

        var profile = WireProfiles.Find(profiles, address);
        return new TcpInstrumentLink(address, profile, clock, isSimulated?.Invoke(address) ?? false, timeProvider ?? TimeProvider.System) { Record = record };
    }
}
