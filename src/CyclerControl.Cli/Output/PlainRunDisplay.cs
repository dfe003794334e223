using System.Globalization;
using CyclerControl.Acquisition.Runners;

namespace CyclerControl.Cli.Output;

/// <summary>One line every few seconds, and one at each new current: for logs and pipes.</summary>
internal sealed class PlainRunDisplay(TextWriter output, RunProgress progress, TimeProvider time) : IRunDisplay
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);
    private long? _shownAt;
    private double _shownAmperes;

    public void Show(in ChannelSnapshot snapshot, double speed)
    {
        var amperes = Math.Abs(snapshot.Setpoint.Amperes);
        var isNewLevel = amperes > 0 && Math.Abs(amperes - _shownAmperes) > 1e-12;
        if (snapshot.Step is null || (_shownAt is { } at && !isNewLevel && time.GetElapsedTime(at) < s_interval))
        {
            return;
        }

        _shownAt = time.GetTimestamp();
        _shownAmperes = amperes > 0 ? amperes : _shownAmperes;
        var remaining = progress.Remaining(snapshot) is { } left ? $"  at most {left} left" : "";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{RunProgress.Duration(snapshot.TestTimeNanoseconds * 1e-9)}  half-cycle {snapshot.HalfCycle,3}  {progress.Step(snapshot),-20}  {RunProgress.Loss(snapshot) ?? RunProgress.Voltage(snapshot.Volts),12}{remaining}  x{speed:0}"));
    }

    public void Say(string line) => output.WriteLine(line);
}
