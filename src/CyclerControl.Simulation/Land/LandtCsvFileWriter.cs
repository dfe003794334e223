using System.Globalization;
using System.Text;

namespace CyclerControl.Simulation.Land;

/// <summary>Writes the export with names like <c>step_time_s</c>. How the vendor names steps in it is not known; these names are ours.</summary>
internal sealed class LandtCsvFileWriter : ILandFileWriter
{
    private Stream _file = Stream.Null;
    private int _channel;
    private DateTimeOffset _begun;
    private int _number;
    private long _passes;
    private LandStep _step = new(LandStepKind.Rest, 0, null, null);

    public void BeginTest(Stream file, int channel, DateTimeOffset begun, LandRecipe recipe)
    {
        (_file, _channel, _begun) = (file, channel, begun);
        Write("channel_index,cycle_index,step_index,date_time_iso_string,test_time_s,step_time_s,current_A,voltage_V,"
            + "charge_capacity_Ah,discharge_capacity_Ah,charge_energy_Wh,discharge_energy_Wh,step_name\r\n");
    }

    public void BeginStep(int number, LandStep step, long passes, double testSeconds) => (_number, _step, _passes) = (number, step, passes);

    public void Add(in LandRecord record)
    {
        var charge = _step.Kind == LandStepKind.Charge;
        var discharge = _step.Kind == LandStepKind.Discharge;
        Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{_channel},{_passes + 1},{_number},{_begun.AddSeconds(record.TestSeconds):MM/dd/yyyy HH:mm:ss},{record.TestSeconds:0.000},{record.StepSeconds:0.000},{record.Amperes:0.000000000},{record.Volts:0.000000},{(charge ? record.AmpHours : 0):0.000000000000},{(discharge ? record.AmpHours : 0):0.000000000000},{(charge ? record.WattHours : 0):0.000000000000},{(discharge ? record.WattHours : 0):0.000000000000},{(charge ? "CC Chg" : discharge ? "CC DChg" : "Rest")}\r\n"));
    }

    public void Save(double testSeconds)
    {
    }

    private void Write(string text) => _file.Write(Encoding.ASCII.GetBytes(text));
}
