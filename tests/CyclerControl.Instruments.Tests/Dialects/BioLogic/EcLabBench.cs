using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.BioLogic.Techniques;
using CyclerControl.Instruments.Links;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Simulation.BioLogic;
using CyclerControl.Simulation.Cells;
using CyclerControl.Simulation.Cyclers;
using CyclerControl.Testing.EcLab;
using ManualClock = CyclerControl.Testing.Fakes.ManualClock;

namespace CyclerControl.Instruments.Tests.Dialects.BioLogic;

/// <summary>The adapter in front of the stand-in library, through real marshalling, on time that a test moves.</summary>
internal sealed class EcLabBench : IDisposable
{
    private const double PollSeconds = 1;
    private readonly ScheduleRow[] _page;

    public EcLabBench(bool isSp300 = false, string cell = "li-lpsc-li", bool shorts = false, bool noise = false)
    {
        Lab = new SimulatedEcLab(Clock, isSp300 ? 16 : 5, isSp300, [NamedCells.Make(cell, 1, shorts)], noise ? null : NoiseParameters.None);
        var profile = isSp300 ? "biologic-sp300" : "biologic-vmp3";
        Address = new InstrumentAddress("vsp", profile, EcLibStandIn.Uri(Lab));
        Link = (BioLogicInstrumentLink)new BioLogicInstrumentFactory(ProfileLibrary.Shipped, _ => true).CreateLink(Address, Clock);
        Instrument = Link.Open();
        _page = new ScheduleRow[Link.Capabilities.Schedule!.PageRows];
    }

    public ManualClock Clock { get; } = new();

    public SimulatedEcLab Lab { get; }

    public SimulatedEcLabChannel Simulated => Lab.Channels[0];

    public InstrumentAddress Address { get; }

    public BioLogicInstrumentLink Link { get; }

    public IInstrument Instrument { get; private set; }

    public IScheduledChannel Channel => (IScheduledChannel)Instrument.Channels[0];

    public List<ScheduleRow> Rows { get; } = [];

    public List<string> Messages { get; } = [];

    public List<string> Troubles { get; } = [];

    public long Lost { get; private set; }

    public EcLabBench Begin(TechniqueSchedule schedule)
    {
        _ = Instrument.Initialize(null);
        _ = Channel.Start(schedule, "run-1");
        return this;
    }

    /// <summary>Polls once, to the end of the last page.</summary>
    public ScheduleState Poll()
    {
        while (true)
        {
            var fetched = Channel.Fetch(Rows.Count == 0 ? 0 : Rows[^1].Sequence, _page);
            Rows.AddRange(_page.AsSpan(0, fetched.Count).ToArray());
            Lost += fetched.Lost;
            if (fetched.Message is { } message)
            {
                Messages.Add(message);
            }

            if (fetched.Trouble is { } trouble)
            {
                Troubles.Add(trouble);
            }

            if (!fetched.More)
            {
                return fetched.State;
            }
        }
    }

    /// <summary>Lets time pass, and polls as the loop does, until something else than running comes.</summary>
    public ScheduleState Run(double seconds)
    {
        var end = Clock.NowSeconds + seconds;
        var state = Poll();
        while (Clock.NowSeconds < end && state == ScheduleState.Running)
        {
            Clock.NowSeconds = Math.Min(end, Clock.NowSeconds + PollSeconds);
            state = Poll();
        }

        return state;
    }

    /// <summary>This program dies, and starts anew.</summary>
    public void Restart()
    {
        Instrument.Dispose();
        Instrument = Link.Open();
        _ = Instrument.Initialize(null);
    }

    public void Dispose() => Instrument.Dispose();
}
