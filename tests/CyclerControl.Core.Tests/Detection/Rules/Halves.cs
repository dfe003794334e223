using CyclerControl.Core.Detection.Models;

namespace CyclerControl.Core.Tests.Detection.Rules;

/// <summary>Half-cycles of an hour, one after the other.</summary>
internal static class Halves
{
    public static HalfCycleRecord Of(
        int number, double ohms = 100, double amperes = 1e-3, double? ampHours = null, double? endVolts = null, double? goalVolts = null,
        double? capAmpHours = null, int? direction = null, double? setAmperes = null)
    {
        var sign = direction ?? (number % 2 == 0 ? 1 : -1);
        return new HalfCycleRecord(
            number, sign, setAmperes ?? amperes, 3600.0 * (number - 1), 3600.0 * number, ampHours ?? amperes, 0, ohms, endVolts ?? ohms * amperes, amperes,
            goalVolts, capAmpHours);
    }
}
