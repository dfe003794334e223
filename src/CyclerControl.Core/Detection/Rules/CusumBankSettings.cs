namespace CyclerControl.Core.Detection.Rules;

/// <summary>References and thresholds of the four CUSUMs of rule 3, all in sigma of the standardised residual.</summary>
/// <remarks>
/// A CUSUM with reference k is the fastest test there is for a shift of 2k (Moustakides 1986); four of them cover shifts of 0.5 to more than 5 sigma within
/// some 10 % of the best. The first three thresholds give a mean time to a false alarm of 1e13 samples on white noise (Siegmund: (e^(2kb) - 2kb - 1) / 2k^2,
/// b = h + 1.166), three years of a hundred channels at 1 kHz. The last one is higher than that (8 instead of 5.3): one winsorised reading adds 5.5, and no
/// single record may alarm.
/// </remarks>
/// <param name="Winsor">Residuals are clipped to plus and minus this.</param>
/// <param name="Reference1">k of the first, for shifts of half a sigma.</param>
/// <param name="Threshold1">h of the first.</param>
/// <param name="Reference2">k of the second, for shifts of one sigma.</param>
/// <param name="Threshold2">h of the second.</param>
/// <param name="Reference3">k of the third, for shifts of two sigma.</param>
/// <param name="Threshold3">h of the third.</param>
/// <param name="Reference4">k of the fourth, for shifts of five sigma and more.</param>
/// <param name="Threshold4">h of the fourth.</param>
public sealed record CusumBankSettings(
    double Winsor = 8,
    double Reference1 = 0.25,
    double Threshold1 = 55,
    double Reference2 = 0.5,
    double Threshold2 = 29,
    double Reference3 = 1,
    double Threshold3 = 15,
    double Reference4 = 2.5,
    double Threshold4 = 8)
{
    /// <summary>How many CUSUMs run side by side.</summary>
    public const int Count = 4;
}
