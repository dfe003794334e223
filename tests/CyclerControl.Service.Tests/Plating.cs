using System.Collections.Immutable;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Quantities;
using CyclerControl.Service.Runs;
using CyclerControl.Service.Stations;
using CyclerControl.Testing.Fakes;

namespace CyclerControl.Service.Tests;

/// <summary>A small protocol for the fake instrument, and the station around it.</summary>
internal static class Plating
{
    private const string Text = """
        protocol: plating
        version: 1
        about: For tests
        measure: cycling
        cell: { kind: symmetric, area: 1 cm2 }
        record: { every: 1 s }
        sample: { every: 100 ms }
        limits: { voltage: { min: -1 V, max: 1 V } }
        steps:
          - rest: 5 s
          - plate: 1 mA/cm2
            for: DURATION
          - strip: 1 mA/cm2
            for: DURATION
        """;

    public static readonly ChannelId Channel = new("demo", 1);

    public static StationLinks Station(IInstrumentLink link, IClock clock) => new(
        "test",
        [new StationInstrument(link, "profile: fake\n", ImmutableDictionary<int, SimulatedCellNote>.Empty.Add(1, new SimulatedCellNote(CellKind.Symmetric, "a resistor")))],
        clock);

    /// <param name="onRestart">The protocol's line about a restart; with it somebody is there to resume.</param>
    public static RunOrder For(string duration, string? onRestart = null)
    {
        var text = Text.Replace("DURATION", duration, StringComparison.Ordinal) + (onRestart is null ? "" : $"\non_restart: {onRestart}\n");
        var definition = ProtocolReader.Read("plating.yaml", text).Definition!;
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        return new RunOrder
        {
            Channel = Channel,
            Program = RunProgramCompiler.Compile(definition, CellGiven.Nothing, parameters, FakeInstrumentLink.DefaultCapabilities).Program!,
            ProtocolText = text,
            Parameters = parameters,
            Operator = "Ada",
            EndOnPause = onRestart is null,
        };
    }
}
