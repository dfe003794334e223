using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.BioLogic;
using CyclerControl.Instruments.Profiles;

namespace CyclerControl.Instruments.Links;

/// <summary>Makes links to BioLogic instruments: <c>biologic://192.168.0.1?library=C:/EClib/EClib64.dll</c>. Any thread.</summary>
/// <param name="profiles">What the profile of an address may be.</param>
/// <param name="isSimulated">True where a stand-in of this very process answers, so that its clock may be virtual. Null: never.</param>
/// <param name="timeProvider">Paces the attempts to open a link again; null: the system's.</param>
public sealed class BioLogicInstrumentFactory(
    ProfileLibrary profiles, Func<InstrumentAddress, bool>? isSimulated = null, TimeProvider? timeProvider = null) : IInstrumentFactory
{
    public string Scheme => "biologic";

    /// <exception cref="InstrumentException">The address does not fit the scheme or the profile.</exception>
    public IInstrumentLink CreateLink(InstrumentAddress address, IClock clock)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (BioLogicAddress.TryParse(address.Connect, out var problem) is not { } place)
        {
            throw Refused(address, $"'{address.Connect.OriginalString}' {problem.What}; {problem.Cure}");
        }

        var profile = profiles.Find(address.Profile);
        return profile is { BioLogic: not null }
            ? new BioLogicInstrumentLink(address, place, profile, clock, isSimulated?.Invoke(address) ?? false, timeProvider ?? TimeProvider.System)
            : throw Refused(address, profile is null ? $"profile '{address.Profile}' is not known" : $"profile '{profile.Name}' is not one of BioLogic");
    }

    private static InstrumentException Refused(InstrumentAddress address, string what) => new($"{address.Name}: {what}") { Instrument = address.Name };
}
