namespace CyclerControl.Cli.Tests.Processes;

/// <summary>Protocols that are over in a second of computing, one for each way to end.</summary>
internal static class SmallProtocols
{
    /// <summary>8 min of cycling: exit 0, completed.</summary>
    public const string Cycling = Head + """
        measure: cycling
        cell: { kind: symmetric, area: ask }
        record: { every: 10 s }
        sample: { every: 1 s }
        limits: { voltage: { min: -1 V, max: 1 V } }
        steps:
          - rest: 10 s
          - repeat: 2
            steps:
              - plate: 0.2 mA/cm2
                for: 2 min
              - strip: 0.2 mA/cm2
                for: 2 min
        """;

    /// <summary>A ramp that begins below and soon passes the critical current of the demo's first cell: exit 0, short found.</summary>
    public const string Ccd = Head + """
        measure: ccd
        cell: { kind: symmetric, area: ask }
        record: { every: 10 s, on_change: { voltage: 1 mV } }
        sample: { every: 100 ms }
        limits: { voltage: { min: -1 V, max: 1 V, longer_than: 200 ms } }
        short_circuit: abort
        steps:
          - rest: 1 min
          - ramp: { from: 0.5 mA/cm2, by: 1.5 mA/cm2, to: 5 mA/cm2 }
            steps:
              - plate: ramp
                for: 10 min
              - strip: ramp
                for: 10 min
        """;

    /// <summary>A window narrower than the ohmic drop: exit 3, tripped.</summary>
    public const string Trip = Head + """
        measure: cycling
        cell: { kind: symmetric, area: ask }
        record: { every: 10 s }
        sample: { every: 1 s }
        limits: { voltage: { min: -5 mV, max: 5 mV } }
        steps:
          - strip: 0.5 mA/cm2
            for: 10 min
        """;

    /// <summary>A goal that the cell cannot reach: exit 3, protected.</summary>
    public const string Protection = Head + """
        measure: cycling
        cell: { kind: symmetric, area: ask }
        record: { every: 10 s }
        sample: { every: 1 s }
        limits: { voltage: { min: -1 V, max: 1 V } }
        steps:
          - strip: 0.1 mA/cm2
            until: 0.9 V
            within: 5 min
        """;

    /// <summary>Plating that nobody waits for: to be interrupted.</summary>
    public const string Endless = Head + """
        measure: cycling
        cell: { kind: symmetric, area: ask }
        record: { every: 100 ms }
        sample: { every: 100 ms }
        limits: { voltage: { min: -1 V, max: 1 V } }
        steps:
          - repeat: 1000
            steps:
              - plate: 0.2 mA/cm2
                for: 1 h
              - strip: 0.2 mA/cm2
                for: 1 h
        """;

    private const string Head = """
        protocol: small
        version: 1
        about: For tests

        """;
}
