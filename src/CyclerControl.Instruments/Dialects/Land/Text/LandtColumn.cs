namespace CyclerControl.Instruments.Dialects.Land.Text;

/// <summary>What a column means to us.</summary>
internal enum LandtColumn
{
    Record,
    Channel,
    Cycle,
    Step,
    Date,
    TestSeconds,
    StepSeconds,
    Amperes,
    Volts,
    State,
    AmpHours,
    WattHours,
    ChargeAmpHours,
    DischargeAmpHours,
    ChargeWattHours,
    DischargeWattHours,
}

/// <summary>How one of the two exports looks. Names and units come from the public plugins of the Battery Data Format.</summary>
/// <param name="Columns">With their names; those that must be there.</param>
/// <param name="Delimiters">One of them stands between cells.</param>
/// <param name="Recognised">A line with so many of the names is the header.</param>
/// <param name="Dates">What is allowed in the column of dates.</param>
/// <param name="LastMayHoldDelimiters">The text in the last column is not put in quotes.</param>
internal sealed record LandtLayout(
    LandFormat Format,
    IReadOnlyList<(LandtColumn Column, string Name, bool IsNeeded)> Columns,
    string Delimiters,
    int Recognised,
    string Dates,
    bool LastMayHoldDelimiters)
{
    public static LandtLayout Csv { get; } = new(
        LandFormat.LandtCsv,
        [
            (LandtColumn.Channel, "channel_index", false),
            (LandtColumn.Cycle, "cycle_index", true),
            (LandtColumn.Step, "step_index", true),
            (LandtColumn.Date, "date_time_iso_string", false),
            (LandtColumn.TestSeconds, "test_time_s", true),
            (LandtColumn.StepSeconds, "step_time_s", true),
            (LandtColumn.Amperes, "current_A", true),
            (LandtColumn.Volts, "voltage_V", true),
            (LandtColumn.ChargeAmpHours, "charge_capacity_Ah", false),
            (LandtColumn.DischargeAmpHours, "discharge_capacity_Ah", false),
            (LandtColumn.ChargeWattHours, "charge_energy_Wh", false),
            (LandtColumn.DischargeWattHours, "discharge_energy_Wh", false),
            (LandtColumn.State, "step_name", false),
        ],
        ",;\t|",
        3,
        "M/d/yyyy H:mm:ss",
        LastMayHoldDelimiters: true);

    public static LandtLayout Txt { get; } = new(
        LandFormat.LandtTxt,
        [
            (LandtColumn.Record, "Rec#", true),
            (LandtColumn.Cycle, "Cyc#", true),
            (LandtColumn.Step, "Step", true),
            (LandtColumn.TestSeconds, "Test(Sec)", true),
            (LandtColumn.StepSeconds, "Step(Sec)", true),
            (LandtColumn.AmpHours, "Amp-hr", false),
            (LandtColumn.WattHours, "Watt-hr", false),
            (LandtColumn.Amperes, "Amps", true),
            (LandtColumn.Volts, "Volts", true),
            (LandtColumn.State, "State", true),
            (LandtColumn.Date, "DPt-Time", false),
        ],
        "\t",
        3,
        "yyyy-MM-dd HH:mm:ss",
        LastMayHoldDelimiters: false);
}
