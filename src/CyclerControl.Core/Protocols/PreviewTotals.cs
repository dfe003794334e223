namespace CyclerControl.Core.Protocols;

/// <summary>What adds up over a run.</summary>
internal readonly record struct PreviewTotals(
    double Seconds, double ChargedAmpHours, double DischargedAmpHours, double Records, double Samples, double Segments)
{
    public static PreviewTotals operator +(PreviewTotals a, PreviewTotals b) => new(
        a.Seconds + b.Seconds,
        a.ChargedAmpHours + b.ChargedAmpHours,
        a.DischargedAmpHours + b.DischargedAmpHours,
        a.Records + b.Records,
        a.Samples + b.Samples,
        a.Segments + b.Segments);

    public static PreviewTotals operator -(PreviewTotals a, PreviewTotals b) => a + (b * -1);

    public static PreviewTotals operator *(PreviewTotals a, double n) =>
        new(a.Seconds * n, a.ChargedAmpHours * n, a.DischargedAmpHours * n, a.Records * n, a.Samples * n, a.Segments * n);
}
