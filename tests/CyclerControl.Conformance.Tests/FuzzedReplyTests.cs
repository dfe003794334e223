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
                subject.Wire.Tamper = (number, reply) => number >= spoiled && random.Next(4) == 0 ? Mutate(reply, random) : reply;
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

    private static byte[] Mutate(byte[] reply, Random random)
    {
        var at = random.Next(reply.Length);
        switch (random.Next(9))
        {
            case 0:
                reply[at] = (byte)random.Next(256);
                return reply;
            case 1:
                return reply[..at];
            case 2:
                return [.. reply[..at], .. reply[Math.Min(reply.Length, at + 1 + random.Next(4))..]];
            case 3:
                return [.. reply[..at], .. reply];
            case 4:
                return [.. reply[..at], (byte)'\n', .. reply[at..]];
            case 5:
                return [.. reply[..at], .. Enumerable.Repeat((byte)'9', random.Next(1, 5000)), .. reply[at..]];
            case 6:
                return [.. "#9999999999"u8, .. reply];
            case 7:
                return [.. "+9.9E37,-9.9E37,NAN,1e999"u8, .. reply];
            default:
                var noise = new byte[random.Next(1, 2000)];
                random.NextBytes(noise);
                return [.. noise, (byte)'\n'];
        }
    }
}
