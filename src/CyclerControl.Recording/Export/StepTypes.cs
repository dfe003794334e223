using CyclerControl.Core.Runs;

namespace CyclerControl.Recording.Export;

/// <summary>BDF's names of what a step does, by its number; steps go by in their order.</summary>
internal sealed class StepTypes(IEnumerable<StepRecord> steps) : IDisposable
{
    private readonly IEnumerator<StepRecord> ended = steps.GetEnumerator();
    private readonly Dictionary<int, string> byId = [];
    private int count;
    private string type = "";
    private bool atEnd;

    /// <summary>Empty for a step that has not ended and was never executed before.</summary>
    public string Of(in SampleRow row)
    {
        while (!atEnd && count < row.StepCount)
        {
            atEnd = !ended.MoveNext();
            if (atEnd)
                break;
            count = ended.Current.StepCount;
            type = Name(ended.Current);
            byId[ended.Current.StepId] = type;
        }

        return count == row.StepCount ? type : byId.GetValueOrDefault(row.StepId, "");
    }

    public void Dispose() => ended.Dispose();

    private static string Name(StepRecord step)
    {
        var direction = step.Verb switch
        {
            "rest" => null,
            "charge" or "strip" => "CHG",
            "discharge" or "plate" => "DCH",
            _ => step.ChargingAmpHours >= step.DischargingAmpHours ? "CHG" : "DCH",
        };
        if (step.Verb == "sweep")
            return "LSV";

        var control = step.Verb == "hold" ? "CV" : step.HoldStartNanoseconds is null ? "CC" : "CCCV";
        return direction is null ? "REST" : $"{control}_{direction}";
    }
}
