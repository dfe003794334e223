using CyclerControl.Conformance.Tests.Subjects;
using CyclerControl.Core.Channels;
using CyclerControl.Testing.Properties;
using FsCheck.Fluent;

namespace CyclerControl.Conformance.Tests;

/// <summary>Replies that no instrument would give: mutations of what it does give. No hang, no crash, no memory without bound.</summary>
public sealed class FuzzedReplyTests
{
    private const int MostExchanges = 1000;
    private const long MostBytes = 64 << 20;

    public static TheoryData<string> Subjects => [.. Catalogue.SetpointInstruments];

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Replies_Mutated_EndInANamedFaultOrGoOn(string name) =>
        SeededCheck.ForAll(
            ArbMap.Default.ArbFor<int>(),
            seed =>
            {
                var random = new Random(seed);
                var spoiled = random.Next(60);
                var subject = Catalogue.Make(name);
                using var instrument = subject.Connect();
                subject.Wire.Tamper = (number, reply) => number >= spoiled && random.Next(4) == 0 ? Mutation.Of(reply, random) : reply;
                var before = GC.GetAllocatedBytesForCurrentThread();
                var fault = Record.Exception(() =>
                {
                    _ = instrument.Initialize(null);
                    Conversation.Carry(subject, instrument.First(), []);
                });

                Assert.True(fault is null or InstrumentException, $"{name}, {seed}: {fault}");
                Assert.InRange(subject.Wire.Exchanges, 0, MostExchanges);
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
            },
            tests: 300);
}
