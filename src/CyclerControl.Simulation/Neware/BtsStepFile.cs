using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace CyclerControl.Simulation.Neware;

/// <summary>A step file as the box's own software reads it: XML, values in attributes, versions 17 and 18.</summary>
internal sealed record BtsStepFile(IReadOnlyList<BtsStep> Steps)
{
    private const double VoltsPerUnit = 1e-4;
    private const double AmperesPerUnit = 1e-3;
    private const double AmpHoursPerUnit = 1e-3 / 3600;
    private const int MostCharacters = 8 << 20;

    /// <exception cref="FormatException">Not such a file, or a line that this box cannot execute.</exception>
    public static BtsStepFile Read(string path)
    {
        try
        {
            using var reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = MostCharacters });
            return Read(XDocument.Load(reader));
        }
        catch (XmlException e)
        {
            throw new FormatException("not well-formed: " + e.Message, e);
        }
    }

    private static BtsStepFile Read(XDocument document)
    {
        var config = document.Root?.Name.LocalName == "root" ? document.Root.Element("config") : null;
        if (config?.Attribute("type")?.Value != "Step File" || config.Attribute("version")?.Value is not ("17" or "18"))
        {
            throw new FormatException("no step file of version 17 or 18");
        }

        var whole = Protection(config.Element("Whole_Prt")?.Element("Protect"));
        var recording = Recording(config.Element("Whole_Prt")?.Element("Record")) ?? new BtsRecording(1, null, null);
        var steps = new List<BtsStep>();
        foreach (var element in config.Element("Step_Info")?.Elements() ?? [])
        {
            steps.Add(Step(element, whole, recording));
        }

        if (steps.Count == 0 || steps[^1].Type != BtsStepType.End)
        {
            throw new FormatException("the last step must be an end");
        }

        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Id != i + 1 || (steps[i].Type == BtsStepType.Cycle && (steps[i].StartStep < 1 || steps[i].StartStep > i || steps[i].Cycles < 1)))
            {
                throw new FormatException($"step {i + 1}: its number, or where it goes back to, is wrong");
            }
        }

        return new BtsStepFile(steps);
    }

    private static BtsStep Step(XElement element, BtsProtection whole, BtsRecording recording)
    {
        var id = (int)(Number(element.Attribute("Step_ID")) ?? 0);
        var type = (BtsStepType)(int)(Number(element.Attribute("Step_Type")) ?? 0);
        if (!Enum.IsDefined(type))
        {
            throw new FormatException($"step {id}: type {(int)type} is none that this box executes");
        }

        var main = element.Element("Limit")?.Element("Main");
        var other = element.Element("Limit")?.Element("Other");
        var own = element.Element("Protect");
        var slope = element.Descendants("Slope1").FirstOrDefault();
        return new BtsStep(id, type)
        {
            Amperes = Value(main, "Curr") * AmperesPerUnit,
            Volts = Value(main, "Volt") * VoltsPerUnit,
            Seconds = Value(main, "Time") / 1000,
            StopVolts = Value(main, "Stop_Volt") * VoltsPerUnit,
            StopAmperes = Value(main, "Stop_Curr") * AmperesPerUnit,
            AmpHours = Value(main, "Cap") * AmpHoursPerUnit,
            StartStep = (int)(Value(other, "Start_Step") ?? 0),
            Cycles = (long)(Value(other, "Cycle_Count") ?? 0),
            Sweep = slope is null ? null : (
                (Number(slope.Attribute("StartValue")) ?? 0) * VoltsPerUnit, (Number(slope.Attribute("EndValue")) ?? 0) * VoltsPerUnit, (Number(slope.Attribute("Value")) ?? 0) * 1e-3),
            Protection = own is null ? whole : Protection(own).Over(whole),
            Recording = Recording(element.Element("Record")) ?? recording,
        };
    }

    private static BtsProtection Protection(XElement? element)
    {
        var main = element?.Element("Main");
        return main is null ? BtsProtection.None : new BtsProtection
        {
            UpperVolts = Value(main.Element("Volt"), "Upper") * VoltsPerUnit,
            LowerVolts = Value(main.Element("Volt"), "Lower") * VoltsPerUnit,
            UpperAmperes = Value(main.Element("Curr"), "Upper") * AmperesPerUnit,
            LowerAmperes = Value(main.Element("Curr"), "Lower") * AmperesPerUnit,
            AmpHours = Value(main.Element("Cap"), "Upper") * AmpHoursPerUnit,
            DelaySeconds = (Value(main, "Delay_Time") ?? 0) / 1000,
        };
    }

    private static BtsRecording? Recording(XElement? element) => element?.Element("Main") is not { } main ? null : new BtsRecording(
        Value(main, "Time") / 1000, Value(main, "Volt") * VoltsPerUnit, Value(main, "Curr") * AmperesPerUnit);

    private static double? Value(XElement? parent, string name) => Number(parent?.Element(name)?.Attribute("Value"));

    private static double? Number(XAttribute? attribute) => attribute is null ? null
        : double.TryParse(attribute.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
        : throw new FormatException($"{attribute.Parent?.Name.LocalName}: '{attribute.Value}' is no number");
}
