namespace CyclerControl.Core.Runs;

/// <summary>The pure protocol engine: no clock, no I/O, deterministic. One instance serves one program; all progress is in <see cref="RunState"/>.</summary>
public sealed class RunEngine
{
    public RunEngine(RunProgram program) => Program = program;

    public RunProgram Program { get; }

    /// <summary>Takes one input, changes the state, appends commands.</summary>
    /// <returns>Test time at which a sample is wanted next whatever the grid says (a time end, a predicted capacity end), ns; <see cref="long.MaxValue"/>: none.</returns>
    public long Advance(ref RunState state, in RunInput input, CommandBuffer commands)
    {
        _ = state;
        _ = input;
        commands.Clear();
        return Program.Nodes.IsEmpty ? 0 : long.MaxValue;
    }
}

/// <summary>All progress of a run. A value: copying it is a checkpoint.</summary>
public struct RunState
{
    /// <summary>Node being executed.</summary>
    public int Node { get; set; }
}
