using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using CyclerControl.Core.Runs;

namespace CyclerControl.Instruments.Dialects.Neware.StepFiles;

/// <summary>
/// Writes a step file: UTF-8, every number in an attribute, V x 10000, mA, ms, mA s. Equal programs give equal files: the time of writing is not in it.
/// </summary>
/// <remarks>The format has no public description; the layout is that of files which work for others. Untested on hardware.</remarks>
internal static class StepFileWriter
{
    /// <summary>Given to the file instead of the time of its writing.</summary>
    private const string Date = "20260101000000";

    private static readonly XmlWriterSettings s_layout = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\r\n",
    };

    /// <summary>A voltage in the file's unit is a whole number.</summary>
    public static double Round(double volts) => Math.Round(volts * 1e4) / 1e4;

    public static string Write(RunProgram program, IReadOnlyList<StepFileStep> steps, StepFileProtection whole, int version)
    {
        var content = Document(program, steps, whole, version, new Guid(0, 0, 0, new byte[8]));
        var identity = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 16));
        return Document(program, steps, whole, version, identity);
    }

    private static string Document(RunProgram program, IReadOnlyList<StepFileStep> steps, StepFileProtection whole, int version, Guid identity)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, s_layout))
        {
            xml.WriteStartElement("root");
            xml.WriteStartElement("config");
            xml.WriteAttributeString("type", "Step File");
            xml.WriteAttributeString("version", version.ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("client_version", version == 17 ? "BTS Client 8.0.0.478(2024.06.24)(R3)" : "BTS Client 8.0.1.492");
            xml.WriteAttributeString("date", Date);
            xml.WriteAttributeString("Guid", identity.ToString());
            Head(xml, program);
            xml.WriteStartElement("Whole_Prt");
            Protection(xml, whole);
            Record(xml, steps.Where(step => step.Node is not null).Select(step => step.RecordEverySeconds).DefaultIfEmpty(1).Min());
            xml.WriteEndElement();
            xml.WriteStartElement("Step_Info");
            xml.WriteAttributeString("Num", steps.Count.ToString(CultureInfo.InvariantCulture));
            for (var i = 0; i < steps.Count; i++)
            {
                Step(xml, i + 1, steps[i]);
            }

            xml.WriteEndElement();
            xml.WriteStartElement("SMBUS");
            xml.WriteStartElement("SMBUS_Info");
            xml.WriteAttributeString("Num", "0");
            xml.WriteAttributeString("AdjacentInterval", "0");
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void Head(XmlWriter xml, RunProgram program)
    {
        xml.WriteStartElement("Head_Info");
        Value(xml, "Operate", "66");
        Value(xml, "Scale", "1");
        xml.WriteStartElement("Start_Step");
        xml.WriteAttributeString("Value", "1");
        xml.WriteAttributeString("Hide_Ctrl_Step", "0");
        xml.WriteEndElement();
        Value(xml, "Creator", "CyclerControl");
        Value(xml, "Remark", program.ProtocolName);
        Value(xml, "RateType", "103"); // currents, not C-rates
        if (program.Cell.NominalAmpHours is { } nominal)
        {
            Value(xml, "MultCap", nominal * 3.6e6);
        }

        xml.WriteEndElement();
    }

    private static void Step(XmlWriter xml, int number, StepFileStep step)
    {
        var id = number.ToString(CultureInfo.InvariantCulture);
        xml.WriteStartElement("Step" + id);
        xml.WriteAttributeString("Step_ID", id);
        xml.WriteAttributeString("Step_Type", ((int)step.Type).ToString(CultureInfo.InvariantCulture));
        if (step.LoopTo is { } first)
        {
            xml.WriteStartElement("Limit");
            xml.WriteStartElement("Other");
            Value(xml, "Start_Step", first.ToString(CultureInfo.InvariantCulture));
            Value(xml, "Cycle_Count", step.Passes.ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        else if (step.Node is not null)
        {
            xml.WriteStartElement("Limit");
            if (step.Sweep is { } sweep)
            {
                Slope(xml, sweep);
            }
            else
            {
                Main(xml, step);
            }

            xml.WriteEndElement();
            Record(xml, step.RecordEverySeconds);
            Protection(xml, step.Protection);
        }

        xml.WriteEndElement();
    }

    private static void Main(XmlWriter xml, StepFileStep step)
    {
        xml.WriteStartElement("Main");
        Value(xml, "Curr", step.Amperes * 1e3);
        Value(xml, "Volt", step.Volts * 1e4);
        Value(xml, "Time", step.Seconds * 1e3);
        Value(xml, "Stop_Volt", step.StopVolts * 1e4);
        Value(xml, "Stop_Curr", step.StopAmperes * 1e3);
        Value(xml, "Cap", step.AmpHours * 3.6e6);
        xml.WriteEndElement();
    }

    /// <summary>A sweep has no other limit: it ends at its end.</summary>
    private static void Slope(XmlWriter xml, in StepFileSweep sweep)
    {
        xml.WriteStartElement("Slope");
        xml.WriteAttributeString("SlopeType", "1");
        xml.WriteAttributeString("Cycle_Count", "1");
        xml.WriteAttributeString("ItemCount", "1");
        xml.WriteStartElement("Slope1");
        xml.WriteAttributeString("StartValue", Text(sweep.FromVolts * 1e4));
        xml.WriteAttributeString("EndValue", Text(sweep.ToVolts * 1e4));
        xml.WriteAttributeString("Value", Text(sweep.VoltsPerSecond * 1e3));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Record(XmlWriter xml, double seconds)
    {
        xml.WriteStartElement("Record");
        xml.WriteStartElement("Main");
        Value(xml, "Time", seconds * 1e3);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Protection(XmlWriter xml, in StepFileProtection protection)
    {
        if (protection.IsEmpty)
        {
            return;
        }

        xml.WriteStartElement("Protect");
        xml.WriteStartElement("Main");
        Bounds(xml, "Volt", protection.UpperVolts * 1e4, protection.LowerVolts * 1e4);
        Bounds(xml, "Curr", protection.Amperes * 1e3, -protection.Amperes * 1e3);
        Value(xml, "Delay_Time", protection.DelaySeconds * 1e3);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Bounds(XmlWriter xml, string name, double? upper, double? lower)
    {
        if (upper is null && lower is null)
        {
            return;
        }

        xml.WriteStartElement(name);
        Value(xml, "Upper", upper);
        Value(xml, "Lower", lower);
        xml.WriteEndElement();
    }

    private static void Value(XmlWriter xml, string name, double? number)
    {
        if (number is { } given)
        {
            Value(xml, name, Text(given));
        }
    }

    private static string Text(double number)
    {
        var rounded = Math.Round(number, 7) + 0.0; // no -0
        return rounded.ToString("0.#######", CultureInfo.InvariantCulture);
    }

    private static void Value(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement(name);
        xml.WriteAttributeString("Value", value);
        xml.WriteEndElement();
    }
}
