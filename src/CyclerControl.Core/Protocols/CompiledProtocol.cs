using System.Collections.Immutable;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Protocols;

/// <summary>What came of resolving a protocol against a cell and a channel.</summary>
/// <param name="Program">Null when there is any problem.</param>
/// <param name="Problems">What forbids the start; each with its place.</param>
/// <param name="Warnings">What the user should know before the start.</param>
public sealed record CompiledProtocol(RunProgram? Program, ImmutableArray<Problem> Problems, ImmutableArray<Problem> Warnings);
