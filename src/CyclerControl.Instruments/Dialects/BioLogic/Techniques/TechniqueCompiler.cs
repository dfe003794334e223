using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Instruments.Dialects.BioLogic.Techniques;

/// <summary>Says a protocol as linked techniques, every one bounded in time, with limits in the instrument; or says all that stands against it.</summary>
/// <param name="family">Whose technique files.</param>
/// <param name="bandwidth">1 to 9, as the profile says.</param>
/// <param name="capabilities">Ranges of the channel.</param>
internal sealed class TechniqueCompiler(EcLabFamily family, int bandwidth, ChannelCapabilities capabilities) : IScheduleCompiler
{
    public ScheduleCompilation Compile(RunProgram program)
    {
        var walk = new TechniqueWalk(program, bandwidth, capabilities);
        walk.Run();
        if (walk.Refusals.Count > 0)
        {
            return new ScheduleCompilation(null, [.. walk.Refusals]);
        }

        var techniques = walk.Techniques.ToArray();
        return new ScheduleCompilation(
            new TechniqueSchedule
            {
                Family = family,
                Techniques = [.. techniques],
                CurrentRangeCodes = walk.CurrentRangeCodes,
                Steps = [.. walk.Steps],
                Text = string.Join('\n', techniques.Select((technique, i) => FormattableString.Invariant($"{i} {technique}"))) + "\n",
                Remarks = [.. TechniqueRemarks.Of(program, walk)],
            },
            []);
    }
}
