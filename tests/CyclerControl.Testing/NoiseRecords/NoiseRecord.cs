using System.Globalization;
using CyclerControl.Core.Channels;

namespace CyclerControl.Testing.NoiseRecords;

/// <summary>A measured record, cut into its steps. README.md beside the files says where they come from.</summary>
/// <param name="Steps">The samples of each step, in order.</param>
public sealed record NoiseRecord(IReadOnlyList<Sample[]> Steps)
{
    /// <summary>1 kHz, NCM / LPSCl / InLi, +-8.4 uA.</summary>
    public static NoiseRecord SolidStateAt1Kilohertz { get; } = Read("ncm_lpscl_inli_assb_1khz_current_steps.csv");

    /// <summary>1 s, charge at 66 uA.</summary>
    public static NoiseRecord NewareAt1Hertz { get; } = Read("neware_1s_halfcell_noise_reference_20000s.csv");

    /// <summary>
    /// Noise alone, V: each voltage of the longest step minus the mean of the two beside it, scaled to the variance of one reading.
    /// </summary>
    public double[] NoiseVolts()
    {
        var longest = Steps.MaxBy(step => step.Length)!;
        var noise = new double[longest.Length - 2];
        for (var n = 0; n < noise.Length; n++)
        {
            noise[n] = (longest[n + 1].Volts - (longest[n].Volts + longest[n + 2].Volts) / 2) / Math.Sqrt(1.5);
        }

        return noise;
    }

    private static NoiseRecord Read(string file)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "NoiseRecords", file);
        var steps = new List<List<Sample>>();
        var step = "";
        long? start = null;
        foreach (var line in File.ReadLines(path).Skip(1))
        {
            var fields = line.Split(',');
            if (!string.Equals(fields[3], step, StringComparison.Ordinal))
            {
                step = fields[3];
                steps.Add([]);
            }

            var nanoseconds = (long)Math.Round(Number(fields[0]) * 1e9);
            start ??= nanoseconds;
            steps[^1].Add(new Sample(nanoseconds - start.Value, Number(fields[1]), Number(fields[2]), null));
        }

        return new NoiseRecord([.. steps.Select(samples => samples.ToArray())]);
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
