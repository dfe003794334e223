using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Stations;
using CyclerControl.Instruments.Transports;

namespace CyclerControl.Instruments.Links;

/// <summary>Makes links to instruments on serial lines, <c>serial:///dev/ttyUSB0?baud=9600</c>. Any thread.</summary>
/// <param name="profiles">What the profile of an address may be.</param>
/// <param name="isSimulated">True for an address behind which a simulator of this very process listens. Null: none is.</param>
/// <param name="timeProvider">Paces the attempts to open a link again; null: the system's.</param>
/// <param name="record">Where everything that passes over the wire is remembered; null: nowhere.</param>
public sealed class SerialInstrumentFactory(
    ProfileLibrary profiles, Func<InstrumentAddress, bool>? isSimulated = null, TimeProvider? timeProvider = null, ICollection<RecordedExchange>? record = null)
    : IInstrumentFactory
{
    public string Scheme => "serial";

    public IInstrumentLink CreateLink(InstrumentAddress address, IClock clock)
    {
        if (address.Connect.Scheme != Scheme)
        {
            throw WireProfiles.Refused(address, $"'{address.Connect}' is not a serial:// address");
        }

        var profile = WireProfiles.Find(profiles, address);
        return SerialAddress.TryParse(address.Connect, profile.Link.Serial, out var problem) is { } place
            ? new SerialInstrumentLink(address, place, profile, clock, isSimulated?.Invoke(address) ?? false, timeProvider ?? TimeProvider.System) { Record = record }
            : throw WireProfiles.Refused(address, $"'{address.Connect}' {problem.What}; {problem.Cure}");
    }
}
