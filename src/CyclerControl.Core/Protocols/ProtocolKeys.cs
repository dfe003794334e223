using System.Collections.Immutable;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Protocols;

/// <summary>The closed key lists of a protocol file: the reader and the JSON schema are both driven by them.</summary>
public static class ProtocolKeys
{
    /// <summary>Words that begin a step.</summary>
    public static readonly ImmutableArray<string> Verbs = ["rest", "charge", "discharge", "plate", "strip", "hold", "sweep", "repeat", "ramp"];

    /// <summary>Steps of the format that come later.</summary>
    public static readonly ImmutableArray<string> LaterVerbs = ["impedance", "power", "resistance"];

    /// <summary>Measures of the format that come later.</summary>
    public static readonly ImmutableArray<string> LaterMeasures = ["leakage", "adams", "reservoir"];

    /// <summary>What <c>measure</c> may say.</summary>
    public static readonly ImmutableArray<string> Measures = ["ccd", "critical_capacity", "cycling", "coulombic_efficiency", "rate", "gitt"];

    /// <summary>Names of protocols and parameters.</summary>
    public const string NamePattern = "[a-z0-9]+([-_.][a-z0-9]+)*";

    public static readonly ValueShape AnyCurrent = Shapes.Positive([.. Dimensions.AnyCurrent]);

    public static readonly ValueShape GoalQuantity = Shapes.Quantity([Dimension.Voltage, .. Dimensions.AnyCapacity, .. Dimensions.AnyCurrent]);

    public static readonly ValueShape HoldUntilItem = Shapes.Positive([.. Dimensions.AnyCurrent, Dimension.Time]);

    public static readonly KeyList OnChange = new(
        "on_change",
        DocumentKey.Optional("voltage", Shapes.Positive(Dimension.Voltage), "Record when the voltage moved this far since the last row."),
        DocumentKey.Optional("current", AnyCurrent, "Record when the current moved this far since the last row."));

    public static readonly KeyList AfterChange = new(
        "after_change",
        DocumentKey.Required("every", Shapes.Duration, "Period of the dense recording after each set-point change."),
        DocumentKey.Required("for", Shapes.Duration, "How long it lasts."));

    public static readonly KeyList Record = new(
        "record",
        DocumentKey.Optional("every", Shapes.Duration, "Record at least this often."),
        DocumentKey.Optional("on_change", Shapes.Keys(OnChange), "Record on a change."),
        DocumentKey.Optional("after_change", Shapes.Keys(AfterChange), "Record densely after each set-point change."));

    public static readonly KeyList Sample = new(
        "sample",
        DocumentKey.Required("every", Shapes.Duration, "How often the detector looks."),
        DocumentKey.Optional("required", Shapes.Boolean, "true: a slower channel is refused, not only warned about."));

    public static readonly KeyList VoltageLimits = new(
        "limits.voltage",
        DocumentKey.Optional("min", Shapes.Quantity(Dimension.Voltage), "Judged while the current is negative, or in a hold."),
        DocumentKey.Optional("max", Shapes.Quantity(Dimension.Voltage), "Judged while the current is positive, or in a hold."),
        DocumentKey.Optional("longer_than", Shapes.DurationOrZero, "A breach must last this long, and at least 3 samples. Default 200 ms."));

    public static readonly KeyList CurrentLimits = new(
        "limits.current",
        DocumentKey.Optional("max", AnyCurrent, "Largest magnitude of the current."),
        DocumentKey.Optional("deviation", Shapes.Positive(Dimension.Fraction), "Largest distance from the set-point, as a share of it."),
        DocumentKey.Optional("longer_than", Shapes.DurationOrZero, "A breach must last this long, and at least 3 samples. Default 1 s."));

    public static readonly KeyList Limits = new(
        "limits",
        DocumentKey.Optional("voltage", Shapes.Keys(VoltageLimits), "Voltage window."),
        DocumentKey.Optional("current", Shapes.Keys(CurrentLimits), "Bounds of the current."));

    public static readonly ChoiceShape ShortAction = new(["abort", "report", "ignore"]);

    public static readonly KeyList Confirm = new(
        "confirm",
        DocumentKey.Optional("rest", Shapes.Duration, "Rest that begins the confirmation of a suspected short, 1 s to 10 min. Default 10 s on full cells, 30 s else."),
        DocumentKey.Optional("reversed_pulses", Shapes.Boolean, "After the rest: 5 s against and 5 s along at a quarter of the present current. Not on full cells. Default false."));

    public static readonly KeyList ShortCircuit = new(
        "short_circuit",
        DocumentKey.Optional("hard", ShortAction, "What a hard short does."),
        DocumentKey.Optional("soft", ShortAction, "What a soft short does."),
        DocumentKey.Optional("confirm", Shapes.Keys(Confirm), "Confirm a suspected short on the cell, then switch off or go on."),
        DocumentKey.Optional("settings", Shapes.Keys(DetectionKeys.Settings), "Parameters of the detector that this protocol overrides."));

    public static readonly KeyList Resume = new(
        "a resume policy", DocumentKey.Required("resume_within", Shapes.DurationOrZero, "Resume when the interruption was not longer."));

    public static readonly ValueShape ResumeShape = Shapes.AnyOf(Shapes.Choice("stop"), Shapes.Keys(Resume));

    public static readonly ChoiceShape Then = new(["end_repeat", "end_run", "pause"]);

    public static readonly KeyList Goal = new(
        "a goal",
        DocumentKey.Required("at", GoalQuantity, "The quantity to reach: voltage, capacity of this step, or |current| in a hold."),
        DocumentKey.Optional("then", Then, "What a reached goal leads to; default: the next step."),
        DocumentKey.Optional("because", Shapes.Text, "The reason, recorded with the end."));

    public static readonly ValueShape Until =
        Shapes.AnyOf(GoalQuantity, Shapes.Keys(Goal), Shapes.List(Shapes.AnyOf(GoalQuantity, Shapes.Keys(Goal))));

    public static readonly KeyList UpTo = new(
        "repeat",
        DocumentKey.Required("up_to", Shapes.Whole(1, 1_000_000), "Passes at most."),
        DocumentKey.Required("else", Shapes.Choice("pause", "stop", "next"), "What follows when no end_repeat came in time."));

    public static readonly KeyList RampRange = new(
        "ramp",
        DocumentKey.Required("from", AnyCurrent, "First value."),
        DocumentKey.Required("by", Shapes.Quantity([.. Dimensions.AnyCurrent]), "Step between values; may be negative."),
        DocumentKey.Required("to", AnyCurrent, "Last value: from plus a whole number of steps."));

    /// <summary>Instead of a voltage: the one that the rest before the sweep ended with.</summary>
    public const string OpenCircuit = "open_circuit";

    public static readonly ValueShape Voltage = Shapes.Quantity(Dimension.Voltage);

    public static readonly KeyList SweepPath = new(
        "sweep",
        DocumentKey.Required("from", Shapes.AnyOf(Shapes.Choice(OpenCircuit), Voltage), "Where it begins: a voltage, or open_circuit, the one with which the rest before it ended."),
        DocumentKey.Required("to", Voltage, "Where it ends."),
        DocumentKey.Required("rate", Shapes.Positive(Dimension.SweepRate), "Without a sign: from and to give the direction."));

    private static readonly DocumentKey s_steps =
        DocumentKey.Required("steps", Shapes.List(new ReferenceShape("step")), "The steps inside, in order.");

    private static readonly ImmutableArray<DocumentKey> s_ends =
    [
        DocumentKey.Optional("for", Shapes.Duration, "Planned duration."),
        DocumentKey.Optional("until", Until, "Goal or list of goals; the first that is reached ends the step."),
        DocumentKey.Optional("then", Then, "What any of the goals leads to; default: the next step."),
        DocumentKey.Optional("within", Shapes.Duration, "Protection: not reached in time switches the output off and pauses the run."),
    ];

    private static readonly ImmutableArray<DocumentKey> s_own =
    [
        DocumentKey.Optional("name", Shapes.Text, "Name of the step."),
        DocumentKey.Optional("record", Shapes.Keys(Record), "Replaces the outer record rule."),
        DocumentKey.Optional("sample", Shapes.Keys(Sample), "Replaces the outer sample rule."),
        DocumentKey.Optional("limits", Shapes.Keys(Limits), "Replaces the outer limits, bound by bound."),
    ];

    public static readonly KeyList Rest = new("a rest step", [DocumentKey.Required("rest", Shapes.Duration, "Wait without current."), .. s_own]);

    public static readonly KeyList Hold = new(
        "a hold step",
        [
            DocumentKey.Required("hold", Shapes.Quantity(Dimension.Voltage), "Constant voltage."),
            DocumentKey.Optional("at_most", AnyCurrent, "Ceiling of the current."),
            .. s_ends, .. s_own,
        ]);

    public static readonly KeyList Sweep = new(
        "a sweep step",
        [
            DocumentKey.Required("sweep", Shapes.Keys(SweepPath), "Linear voltage sweep; cyclic voltammetry is a repeat of two."),
            DocumentKey.Required("at_most", AnyCurrent, "Ceiling of the current."),
            .. s_own,
        ]);

    public static readonly KeyList Repeat = new(
        "a repeat",
        [
            DocumentKey.Required("repeat", Shapes.AnyOf(Shapes.Whole(1, 1_000_000), Shapes.Keys(UpTo)), "Passes in total."),
            s_steps,
            DocumentKey.Optional("measure", new ChoiceShape(Measures), "Makes this loop the measuring block."),
            .. s_own,
        ]);

    public static readonly KeyList Ramp = new(
        "a ramp",
        [
            DocumentKey.Required("ramp", Shapes.AnyOf(Shapes.Keys(RampRange), Shapes.List(AnyCurrent)), "One pass per current."),
            s_steps,
            .. s_own,
        ]);

    public static readonly ImmutableArray<KeyList> CurrentSteps = [.. new[] { "charge", "discharge", "plate", "strip" }.Select(CurrentStep)];

    public static readonly KeyList Protocol = new(
        "a protocol",
        DocumentKey.Required("protocol", new TextShape("my-protocol", $"^{NamePattern}$"), "Name: that of the file without its ending."),
        DocumentKey.Required("version", Shapes.Whole(1, 1_000_000), "Version of this protocol; count it up when you change it."),
        DocumentKey.Optional("about", Shapes.Text, "One sentence."),
        DocumentKey.Optional("measure", new ChoiceShape(Measures), "What the report computes, and what a short means."),
        DocumentKey.Optional("cell", Shapes.Keys(CellKeys.List), "What the protocol is for: defaults that can be overridden at start, or ask."),
        DocumentKey.Optional("parameters", new OpenMappingShape(new TextShape("1 mA/cm2"), $"^{NamePattern}$"), "Values used as $name, overridden at start."),
        DocumentKey.Optional("record", Shapes.Keys(Record), "Which samples are recorded besides every step boundary. Default: every 10 s."),
        DocumentKey.Optional("sample", Shapes.Keys(Sample), "How often the detector looks. Default: every 1 s."),
        DocumentKey.Optional("limits", Shapes.Keys(Limits), "A breach trips the run: output off, latched."),
        DocumentKey.Optional("short_circuit", Shapes.AnyOf(ShortAction, Shapes.Keys(ShortCircuit)), "What a detected short does."),
        DocumentKey.Optional("on_restart", ResumeShape, "After this computer crashed or lost power. Default: stop."),
        DocumentKey.Optional("on_link_loss", ResumeShape, "After the link to the instrument was lost. Default: resume within 10 min."),
        s_steps);

    private static KeyList CurrentStep(string verb) => new(
        $"a {verb} step",
        [
            DocumentKey.Required(verb, Shapes.AnyOf(AnyCurrent, Shapes.Choice("ramp")), "Current without a sign, or ramp: the present value of the innermost ramp."),
            .. s_ends,
            DocumentKey.Optional("hold_until", Shapes.AnyOf(HoldUntilItem, Shapes.List(HoldUntilItem)), "After the voltage goal, hold that voltage until this current or duration."),
            .. s_own,
        ]);
}
