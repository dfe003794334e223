using System.Globalization;
using System.Text;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Instruments.Dialects.BioLogic.Techniques;

/// <summary>Says a protocol as linked techniques, every one bounded in time, with limits in the instrument; or says all that stands against it.</summary>
/// <param name="family">Whose technique files.</param>
/// <param name="bandwidth">1 to 9, as the profile says.</param>
/// <param name="capabilities">Ranges of the channel.</param>
/// <param name="most">Techniques that a channel holds.</param>
internal sealed class TechniqueCompiler(
    EcLabFamily family, int bandwidth, ChannelCapabilities capabilities, int most = BioLogicSettings.MostTechniques) : IScheduleCompiler
{
    public ScheduleCompilation Compile(RunProgram program)
    {
        var walk = new TechniqueWalk(program, bandwidth, capabilities);
        walk.Run();
        if (walk.Refusals.Count > 0)
        {
            return new ScheduleCompilation(null, [.. walk.Refusals]);
        }

        var folding = new RampFolding(most);
        folding.Run(walk.Techniques, walk.Ramps);
        if (folding.Refusal is { } refusal)
        {
            return new ScheduleCompilation(null, [refusal]);
        }

        return new ScheduleCompilation(
            new TechniqueSchedule
            {
                Family = family,
                Techniques = [.. folding.Techniques],
                Ramps = folding.Windows,
                CurrentRangeCodes = walk.CurrentRangeCodes,
                Steps = [.. walk.Steps],
                Text = Text(folding),
                Remarks = [.. TechniqueRemarks.Of(program, walk, folding)],
            },
            []);
    }

    private static string Text(RampFolding folding)
    {
        var text = new StringBuilder();
        Lines(text, folding.Techniques, 0);
        foreach (var window in folding.Windows)
        {
            for (var level = window.Places - 1; level < window.Levels.Length; level++)
            {
                _ = text.Append(CultureInfo.InvariantCulture, $"while it runs, level {window.Before + level + 1} of the ramp:\n");
                Lines(text, window.Levels[level], window.IndexOf(level));
            }
        }

        return text.ToString();
    }

    private static void Lines(StringBuilder text, IReadOnlyList<Technique> techniques, int first)
    {
        for (var i = 0; i < techniques.Count; i++)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"{first + i} {techniques[i]}\n");
        }
    }
}
