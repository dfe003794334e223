namespace CyclerControl.Simulation.Wire;

/// <summary>Where a simulated instrument can be spoken to.</summary>
internal interface IWireServer : IDisposable
{
    /// <summary>As a station file writes it.</summary>
    Uri Address { get; }

    /// <summary>Cuts everybody off, as a pulled cable would; they may come back.</summary>
    void DropClients();
}
