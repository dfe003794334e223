using System.Xml.Linq;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Quantities;
using CyclerControl.Instruments.Dialects.Neware;
using CyclerControl.Instruments.Dialects.Neware.StepFiles;
using CyclerControl.Instruments.Profiles;

namespace CyclerControl.Instruments.Tests.Dialects.Neware;

/// <summary>Protocols said as step files.</summary>
internal static class Recipes
{
    public static HardwareProfile Profile { get; } = ProfileLibrary.Shipped.Find("neware-bts-8ch")!;

    /// <param name="steps">The list under <c>steps:</c>, each line indented by two.</param>
    /// <param name="settings">Further keys of the protocol, instead of the usual limits.</param>
    public static ScheduleCompilation Compile(
        string steps, string cell = "area=1cm2,bulk_resistance=50ohm", string kind = "symmetric", string? settings = null, int version = 18)
    {
        var text = $"""
            protocol: test
            version: 1
            about: A test
            measure: cycling
            cell: {"{ kind: " + kind + ", area: ask }"}
            {settings ?? "sample: { every: 1 s }\nlimits:\n  voltage: { min: -1.2 V, max: 1.2 V }\n  current: { max: 6 mA/cm2 }\nshort_circuit: abort"}
            on_restart: stop
            on_link_loss: stop
            steps:
            {steps}
            """;
        return OfFile("test", text, cell, version);
    }

    public static ScheduleCompilation OfFile(string name, string text, string cell, int version = 18)
    {
        var reading = ProtocolReader.Read(name + ".yaml", text);
        Assert.Empty(reading.Problems);
        var problems = new ProblemList(CellSpecReader.CommandLine);
        var given = CellSpecReader.FromText(cell, problems);
        Assert.Empty(problems.Items);
        var compiled = RunProgramCompiler.Compile(reading.Definition!, given, new Dictionary<string, string>(StringComparer.Ordinal), Profile.Capabilities);
        Assert.Empty(compiled.Problems);
        return new StepFileCompiler(Profile.Capabilities, BtsSettings.Default with { StepFileVersion = version }).Compile(compiled.Program!);
    }

    public static XElement Steps(ScheduleCompilation compilation) => Config(compilation).Element("Step_Info")!;

    public static XElement Config(ScheduleCompilation compilation)
    {
        Assert.Empty(compilation.Refusals);
        return XDocument.Parse(compilation.Schedule!.Text).Root!.Element("config")!;
    }

    /// <summary><c>2: Curr=0.5 Time=3600000</c></summary>
    public static string Words(XElement step) => string.Join(
        ' ', ((string[])[$"{(string?)step.Attribute("Step_Type")}:"]).Concat(
            step.Elements("Limit").Elements().Elements().Select(value => $"{value.Name}={(string?)value.Attribute("Value")}")));

    /// <summary><c>Upper=10000 Lower=9 Delay_Time=3000</c>, of the voltage.</summary>
    public static string Protection(XElement around)
    {
        var main = around.Element("Protect")?.Element("Main");
        return main is null ? "" : string.Join(
            ' ', main.Elements("Volt").Elements().Concat(main.Elements("Delay_Time")).Select(value => $"{value.Name}={(string?)value.Attribute("Value")}"));
    }
}
