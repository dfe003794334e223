using System.Globalization;
using CyclerControl.Acquisition.Links;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Cli.Output;

/// <summary>What the live display says about a running channel, in the units of a lab book.</summary>
internal sealed class RunProgress(RunProgram program, double? expectedSeconds)
{
    private static readonly CultureInfo s_invariant = CultureInfo.InvariantCulture;

    /// <summary>"plate 0.40 mA/cm2".</summary>
    public string Step(in ChannelSnapshot snapshot)
    {
        if (snapshot.Step is not { } step)
        {
            return snapshot.State.ToString().ToLowerInvariant();
        }

        var name = step.Name is null ? step.Verb : $"{step.Name} ({step.Verb})";
        return snapshot.Setpoint.Mode switch
        {
            OutputMode.Current => $"{name} {Current(Math.Abs(snapshot.Setpoint.Amperes))}",
            OutputMode.Voltage when step.Sweep is { } path => string.Create(s_invariant, $"{name} to {path.ToVolts:0.000} V, {Current(snapshot.Amperes)}"),
            OutputMode.Voltage => string.Create(s_invariant, $"{name} at {snapshot.Setpoint.Volts:0.000} V, {Current(snapshot.Amperes)}"),
            _ => name,
        };
    }

    /// <summary>Current density where the area is known, else current.</summary>
    public string Current(double amperes) => program.Cell.AreaSquareCentimetres is { } area
        ? string.Create(s_invariant, $"{amperes * 1000 / area:0.00} mA/cm2")
        : string.Create(s_invariant, $"{amperes * 1000:0.0000} mA");

    /// <summary>In place of a reading that is old: the link is lost; null: it stands.</summary>
    public static string? Loss(in ChannelSnapshot snapshot) => snapshot.Link == LinkStatus.Open ? null : snapshot.Output switch
    {
        OutputState.Off => "link lost, output off",
        OutputState.Unconfirmed => "link lost, output UNCONFIRMED",
        _ => "link lost",
    };

    public static string Voltage(double volts) => Math.Abs(volts) < 1
        ? string.Create(s_invariant, $"{volts * 1000:0.00} mV")
        : string.Create(s_invariant, $"{volts:0.0000} V");

    /// <summary>"21:30:00", days in front where there are any.</summary>
    public static string Duration(double seconds)
    {
        var time = TimeSpan.FromSeconds(Math.Round(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2)));
        return time.TotalDays >= 1
            ? string.Create(s_invariant, $"{(int)time.TotalDays} d {time:hh\\:mm\\:ss}")
            : time.ToString("hh\\:mm\\:ss", s_invariant);
    }

    /// <summary>Longest time that is left by the protocol, or null where nobody can know it.</summary>
    public string? Remaining(in ChannelSnapshot snapshot) =>
        expectedSeconds is { } expected ? Duration(Math.Max(0, expected - (snapshot.TestTimeNanoseconds * 1e-9))) : null;
}
