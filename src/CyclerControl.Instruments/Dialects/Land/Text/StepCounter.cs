namespace CyclerControl.Instruments.Dialects.Land.Text;

/// <summary>
/// A column of charge or energy. Public sources say that it begins anew with each step; a file in which it does not is found out here, and then the column is
/// not used rather than taken for something else.
/// </summary>
internal struct StepCounter
{
    private bool _isOfStep;
    private double _last;

    /// <param name="begins">The first row of a step.</param>
    /// <param name="explained">What current and time of the step account for.</param>
    /// <returns>Magnitude since the step began; null where the column does not say that.</returns>
    public double? Take(double counted, bool begins, double explained)
    {
        var value = Math.Abs(counted);
        _isOfStep = begins ? value <= (1.1 * explained) + 1e-9 : _isOfStep && value >= _last * (1 - 1e-6);
        _last = value;
        return _isOfStep ? value : null;
    }
}
