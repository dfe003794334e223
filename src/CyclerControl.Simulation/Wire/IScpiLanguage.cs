namespace CyclerControl.Simulation.Wire;

/// <summary>What the commands of one kind of instrument mean. One per connection; called with the cycler's gate held.</summary>
internal interface IScpiLanguage
{
    void Identify(Reply reply);

    /// <summary>Carries one command out and writes the answer to a query.</summary>
    ScpiError Execute(in ScpiCommand command, Reply reply);
}
