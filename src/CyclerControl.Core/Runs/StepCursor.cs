namespace CyclerControl.Core.Runs;

/// <summary>Where the cursor went.</summary>
internal enum CursorMove : byte
{
    /// <summary><see cref="RunState.Node"/> is the next step.</summary>
    Step,

    /// <summary>No step is left.</summary>
    EndOfProgram,

    /// <summary>An <c>up_to</c> loop was used up and its <c>else</c> says pause; the next step is set.</summary>
    PauseExhausted,

    /// <summary>An <c>up_to</c> loop was used up and its <c>else</c> says stop.</summary>
    StopExhausted,
}

/// <summary>Walks the program: passes of loops, the next step. Holds only what follows from the program.</summary>
internal sealed class StepCursor
{
    private readonly ProgramNode[] _nodes;
    private readonly int[] _depths;
    private readonly int?[] _blocks;

    public StepCursor(RunProgram program)
    {
        _nodes = [.. program.Nodes];
        _depths = new int[_nodes.Length];
        _blocks = new int?[_nodes.Length];
        foreach (var node in _nodes)
        {
            if (node.Parent is not { } parent)
            {
                continue;
            }

            _depths[node.Index] = _depths[parent] + 1;
            _blocks[node.Index] = _nodes[parent] is LoopNode { Measure: not null } ? parent : _blocks[parent];
        }
    }

    public StepNode StepAt(int node) => (StepNode)_nodes[node];

    /// <summary>Node of the innermost measuring block around a step, or null.</summary>
    public int? BlockOf(int node) => _blocks[node];

    /// <summary>|I| of a current step in the present passes, A.</summary>
    public double AmperesOf(in RunState state, StepNode step) =>
        step.Amperes ?? (step.RampLoop is { } loop ? ((LoopNode)_nodes[loop]).RampAmperes!.Value[(int)Pass(state, loop)] : 0);

    /// <summary>The loop that stands in no other, around a step; null where there is none.</summary>
    public int? OutermostLoopOf(int node)
    {
        int? outermost = null;
        for (var parent = _nodes[node].Parent; parent is { } loop; parent = _nodes[loop].Parent)
        {
            outermost = loop;
        }

        return outermost;
    }

    /// <summary>0-based pass of a loop.</summary>
    public long Pass(in RunState state, int loop) => state.Passes[_depths[loop]];

    /// <summary>To the first step of the program.</summary>
    public CursorMove First(ref RunState state) => Enter(ref state, 0);

    /// <summary>To the step after the present one.</summary>
    public CursorMove Next(ref RunState state) => Leave(ref state, state.Node);

    /// <summary>Out of the innermost loop, and on.</summary>
    public CursorMove EndRepeat(ref RunState state) =>
        _nodes[state.Node].Parent is { } loop ? Leave(ref state, loop) : CursorMove.EndOfProgram;

    private CursorMove Enter(ref RunState state, int node)
    {
        while (_nodes[node] is LoopNode)
        {
            state.Passes[_depths[node]] = 0;
            node++;
        }

        state.Node = node;
        return CursorMove.Step;
    }

    /// <summary>The node is done: its sibling, or the next pass of the loop around it.</summary>
    private CursorMove Leave(ref RunState state, int node)
    {
        if (_nodes[node].Next is { } next)
        {
            return Enter(ref state, next);
        }

        if (_nodes[node].Parent is not { } parent)
        {
            return CursorMove.EndOfProgram;
        }

        var loop = (LoopNode)_nodes[parent];
        ref var pass = ref state.Passes[_depths[parent]];
        if (++pass < loop.Passes)
        {
            return Enter(ref state, parent + 1);
        }

        if (loop.Exhausted == LoopExhausted.Stop)
        {
            return CursorMove.StopExhausted;
        }

        var move = Leave(ref state, parent);
        return loop.Exhausted == LoopExhausted.Pause && move == CursorMove.Step ? CursorMove.PauseExhausted : move;
    }
}
