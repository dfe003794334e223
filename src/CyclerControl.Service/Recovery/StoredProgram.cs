using CyclerControl.Core.Channels;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Runs;

namespace CyclerControl.Service.Recovery;

/// <summary>The program of a run, made once more from what its file holds.</summary>
internal static class StoredProgram
{
    /// <returns>The program, or why there is none.</returns>
    public static (RunProgram? Program, string? Problem) Compile(RunHeader header, ChannelCapabilities channel)
    {
        var reading = ProtocolReader.Read(header.ProtocolName, header.ProtocolText);
        if (reading.Definition is not { } definition)
        {
            return (null, Words(reading.Problems.Select(p => p.ToString())));
        }

        var compiled = RunProgramCompiler.Recompile(definition, header.Cell, header.Parameters, channel);
        return compiled.Program is { } program ? (program, null) : (null, Words(compiled.Problems.Select(p => p.ToString())));
    }

    private static string Words(IEnumerable<string> problems) => "its protocol cannot be executed any more: " + string.Join("; ", problems);
}
