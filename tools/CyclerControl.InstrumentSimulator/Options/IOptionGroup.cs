namespace CyclerControl.InstrumentSimulator.Options;

/// <summary>Options that belong together.</summary>
internal interface IOptionGroup
{
    /// <summary>Takes one option with its value.</summary>
    /// <param name="problems">What is wrong with the value is added.</param>
    /// <returns>False: the option is not of this group.</returns>
    bool TryRead(string option, string value, List<string> problems);
}
