namespace CyclerControl.Simulation.Tests.Wire;

/// <summary>Real sockets: one test at a time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SocketTests
{
    public const string Name = "wire";
}
