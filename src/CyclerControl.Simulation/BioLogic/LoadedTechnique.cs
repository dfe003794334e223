using System.Collections.Frozen;

namespace CyclerControl.Simulation.BioLogic;

/// <summary>A technique on a channel: its parameters, looked up by name.</summary>
internal sealed class LoadedTechnique
{
    private static readonly FrozenDictionary<string, int> s_numbers = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["ocv"] = 100,
        ["ca"] = 101,
        ["cp"] = 102,
        ["loop"] = 150,
        ["cplimit"] = 155,
        ["calimit"] = 157,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly Dictionary<(string Label, int Index), EcLabParameter> _parameters = [];

    private LoadedTechnique(int number) => Number = number;

    public int Number { get; }

    public bool IsRest => Number == 100;

    public bool IsLoop => Number == 150;

    public bool IsCurrent => Number is 102 or 155;

    /// <summary>Steps inside.</summary>
    public int Steps => IsRest ? 1 : Whole("Step_number") + 1;

    public double RecordSeconds => Single("Record_every_dT");

    /// <summary>Error, or null and the technique.</summary>
    public static int? Read(string file, bool isSp300, IReadOnlyList<EcLabParameter> parameters, out LoadedTechnique technique)
    {
        var name = Path.GetFileName(file.Replace('\\', '/'));
        var ending = isSp300 ? "4.ecc" : ".ecc";
        technique = new LoadedTechnique(0);
        if (!name.EndsWith(ending, StringComparison.Ordinal) || !s_numbers.TryGetValue(name[..^ending.Length], out var number))
        {
            return name.EndsWith(".ecc", StringComparison.Ordinal) ? -401 : -400;
        }

        technique = new LoadedTechnique(number);
        return technique.Update(parameters) ? null : -4;
    }

    /// <returns>False: something is missing or out of bounds, and nothing was changed for good.</returns>
    public bool Update(IReadOnlyList<EcLabParameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            _parameters[(parameter.Label, parameter.Index)] = parameter;
        }

        return IsLoop ? Has("loop_N_times", 0) && Has("protocol_number", 0)
            : IsRest ? Has("Rest_time_T", 0, 2) && Has("Record_every_dT", 0, 2) && Has("E_Range", 0)
            : Has("Step_number", 0) && Has("I_Range", 0) && Has("E_Range", 0) && Has("Bandwidth", 0) && Has("N_Cycles", 0) && HasSteps();
    }

    public double Level(int step) => Single(IsCurrent ? "Current_step" : "Voltage_step", step);

    public double Seconds(int step) => Single(IsRest ? "Rest_time_T" : "Duration_step", step);

    public int Exit(int step) => Has("Exit_Cond", step) ? Whole("Exit_Cond", step) : 0;

    public int LoopTimes => Whole("loop_N_times");

    public int LoopTo => Whole("protocol_number");

    /// <summary>Largest current of the range, A.</summary>
    public double RangeAmperes => IsRest ? 1e-5 : Math.Pow(10, Whole("I_Range") - 10);

    /// <summary>Whether the tests of a step say that it is over.</summary>
    public bool IsOver(int step, double volts, double amperes)
    {
        var any = false;
        bool? all = null;
        for (var test = 1; test <= 3; test++)
        {
            if (Number < 155 || Whole($"Test{test}_Config", step) is var word && (word & 1) == 0)
            {
                continue;
            }

            var variable = (word >> 5) == 3 ? amperes : volts;
            var bound = Single($"Test{test}_Value", step);
            var holds = ((word >> 2) & 7) == 1 ? variable > bound : variable < bound;
            if ((word & 2) != 0)
            {
                all = (all ?? true) && holds;
            }
            else
            {
                any |= holds;
            }
        }

        return any || all == true;
    }

    private bool HasSteps()
    {
        for (var step = 0; step < Steps; step++)
        {
            if (!Has(IsCurrent ? "Current_step" : "Voltage_step", step, 2) || !Has("Duration_step", step, 2) || !Has("vs_initial", step, 1)
                || (Number >= 155 && !Has("Exit_Cond", step)))
            {
                return false;
            }
        }

        // Automatic ranging (12) is not allowed with tests.
        return Number < 155 || Whole("I_Range") != 12;
    }

    private bool Has(string label, int index, int type = 0) => _parameters.TryGetValue((label, index), out var found) && found.Type == type;

    private int Whole(string label, int index = 0) => _parameters.TryGetValue((label, index), out var found) ? (int)found.Raw : 0;

    private double Single(string label, int index = 0) =>
        _parameters.TryGetValue((label, index), out var found) ? BitConverter.UInt32BitsToSingle(found.Raw) : 0;
}
