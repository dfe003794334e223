using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.BioLogic.Techniques;
using CyclerControl.Instruments.Links;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Simulation.BioLogic;
using CyclerControl.Testing.EcLab;
using ManualClock = CyclerControl.Testing.Fakes.ManualClock;

namespace CyclerControl.Instruments.Tests.Dialects.BioLogic;

/// <summary>Another program at the same instrument.</summary>
internal sealed class EcLabForeign(SimulatedEcLab lab)
{
    public void Run(TechniqueSchedule schedule)
    {
        var address = new InstrumentAddress("other", "biologic-vmp3", EcLibStandIn.Uri(lab));
        using var instrument = new BioLogicInstrumentFactory(ProfileLibrary.Shipped).CreateLink(address, new ManualClock()).Open();
        _ = instrument.Initialize(null);
        _ = ((IScheduledChannel)instrument.Channels[0]).Start(schedule, "other");
    }
}
