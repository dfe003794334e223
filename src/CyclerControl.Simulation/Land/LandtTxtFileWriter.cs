using System.Globalization;
using System.Text;

namespace CyclerControl.Simulation.Land;

/// <summary>Writes the older export: tabulators, currents without sign, a letter for the direction.</summary>
internal sealed class LandtTxtFileWriter : ILandFileWriter
{
    private Stream _file = Stream.Null;
    private DateTimeOffset _begun;
    private int _number;
    private long _passes;
    private long _records;
    private LandStepKind _kind;

    public void BeginTest(Stream file, int channel, DateTimeOffset begun, LandRecipe recipe)
    {
        (_file, _begun) = (file, begun);
        Write(string.Create(CultureInfo.InvariantCulture, $"Simulated test on channel {channel}\r\n\r\n"));
        Write("Rec#\tCyc#\tStep\tTest(Sec)\tStep(Sec)\tAmp-hr\tWatt-hr\tAmps\tVolts\tState\tES\tDPt-Time\r\n");
    }

    public void BeginStep(int number, LandStep step, long passes, double testSeconds) => (_number, _kind, _passes) = (number, step.Kind, passes);

    public void Add(in LandRecord record)
    {
        var state = _kind switch { LandStepKind.Charge => 'C', LandStepKind.Discharge => 'D', _ => 'R' };
        Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{++_records}\t{_passes + 1}\t{_number}\t{record.TestSeconds:0.000}\t{record.StepSeconds:0.000}\t{record.AmpHours:0.000000000000}\t{record.WattHours:0.000000000000}\t{Math.Abs(record.Amperes):0.000000000}\t{record.Volts:0.000000}\t{state}\t1\t{_begun.AddSeconds(record.TestSeconds):yyyy-MM-dd HH:mm:ss}\r\n"));
    }

    public void Save(double testSeconds)
    {
    }

    private void Write(string text) => _file.Write(Encoding.ASCII.GetBytes(text));
}
