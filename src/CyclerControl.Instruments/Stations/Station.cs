using System.Collections.Immutable;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Profiles;

namespace CyclerControl.Instruments.Stations;

/// <summary>Which units are where on this site. Immutable.</summary>
/// <param name="Name">The same as the file's.</param>
/// <param name="Instruments">In the order of the file; each <c>Profile</c> is a name in <paramref name="Profiles"/>.</param>
/// <param name="Profiles">The shipped profiles, and those that the station names by file.</param>
public sealed record Station(string Name, ImmutableArray<InstrumentAddress> Instruments, ProfileLibrary Profiles);
