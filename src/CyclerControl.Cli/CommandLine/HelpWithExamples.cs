using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace CyclerControl.Cli.CommandLine;

/// <summary>The usual help, and the examples below it.</summary>
internal sealed class HelpWithExamples(HelpAction help, IReadOnlyList<string> examples) : SynchronousCommandLineAction
{
    /// <summary>Whoever asks for help need not know what is required.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var result = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in examples)
        {
            output.WriteLine($"  {example}");
        }

        return result;
    }
}
