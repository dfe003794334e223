namespace CyclerControl.Service.Notifications;

/// <summary>Something that somebody far away should know.</summary>
/// <param name="Kind">trip, fault, alarm, detection, link_lost, link_back, run_finished, run_left_open, disk_low, summary.</param>
/// <param name="Place">Channel, instrument or folder.</param>
/// <param name="Text">One sentence. Names of devices and users may be in it: it is data wherever it goes.</param>
public sealed record Notification(string Kind, string Place, string Text, DateTimeOffset AtUtc)
{
    /// <summary>One line, without control characters.</summary>
    public string Title => OneLine($"CyclerControl: {Kind.Replace('_', ' ')}: {Place}");

    /// <summary>Everything on one line.</summary>
    public override string ToString() => OneLine($"{Kind.Replace('_', ' ')}: {Place}: {Text}");

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
