namespace CyclerControl.Cli.Output;

/// <summary>The two streams of a command: results on stdout, everything else on stderr.</summary>
internal static class StandardStreams
{
    public static void Line(string text) => Console.Out.WriteLine(text);

    public static void Problem(string text) => Console.Error.WriteLine(text);
}
