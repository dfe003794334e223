using CyclerControl.Core.Channels;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Runs;

namespace CyclerControl.Service.Preflight;

/// <summary>Everything that the checks judge; they ask nobody.</summary>
internal sealed record PreflightFacts
{
    public required ChannelId Channel { get; init; }

    public required ChannelState State { get; init; }

    public required RunProgram Program { get; init; }

    public required ChannelCapabilities Capabilities { get; init; }

    public required ProtocolPreview Preview { get; init; }

    /// <summary>The instrument is a model in this process.</summary>
    public required bool IsSimulated { get; init; }

    public required InstrumentIdentity Identity { get; init; }

    /// <summary>Who answered at the newest recorded run on this instrument; null where there is none.</summary>
    public required EarlierRun? Earlier { get; init; }

    /// <summary>With the output off, V; null: see <see cref="Unread"/>.</summary>
    public required double? OpenCircuitVolts { get; init; }

    /// <summary>Why the voltage is not known.</summary>
    public string? Unread { get; init; }

    /// <summary>The instrument cannot read with its output off: nothing is wrong with it.</summary>
    public bool CannotRead { get; init; }

    /// <summary>Why an instrument that runs by itself would refuse the start now; null: nothing is known that stands against it.</summary>
    public string? NotReady { get; init; }

    public required string DataFolder { get; init; }

    public required long FreeBytes { get; init; }

    /// <summary>Time is real, so that the computer's clock matters.</summary>
    public required bool IsRealTime { get; init; }

    public required DateTimeOffset NowUtc { get; init; }

    /// <summary>Start of the newest run of the data folder, by this computer's clock.</summary>
    public required DateTimeOffset? NewestRunUtc { get; init; }

    /// <summary>What the compiler had to say.</summary>
    public required IReadOnlyList<string> CompilerWarnings { get; init; }

    /// <summary>The protocol in the language of an instrument that runs it by itself; null: it is driven step by step.</summary>
    public ScheduleCompilation? Schedule { get; init; }
}

/// <summary>What an earlier run says about the instrument.</summary>
internal sealed record EarlierRun(string RunId, string InstrumentIdentity);
