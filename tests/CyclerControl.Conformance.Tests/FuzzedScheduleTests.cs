using CyclerControl.Conformance.Tests.Subjects;
using CyclerControl.Core.Channels;
using CyclerControl.Testing.Properties;
using FsCheck.Fluent;

namespace CyclerControl.Conformance.Tests;

/// <summary>Answers that no schedule instrument would give: mutations of what it does give. No hang, no crash, no memory without bound, no second start.</summary>
public sealed class FuzzedScheduleTests
{
    private const int MostExchanges = 3000;
    private const long MostBytes = 64 << 20;

    public static TheoryData<string> Subjects => [.. Catalogue.ScheduledInstruments];

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Answers_Mutated_EndInANamedFaultOrGoOn(string name) =>
        SeededCheck.ForAll(
            ArbMap.Default.ArbFor<int>(),
            seed =>
            {
                var random = new Random(seed);
                using var subject = Catalogue.MakeScheduled(name);
                var run = new ScheduleConversation(subject);
                var before = GC.GetAllocatedBytesForCurrentThread();
                var fault = Record.Exception(() =>
                {
                    if (random.Next(3) == 0)
                    {
                        subject.Fuzz(random);
                    }

                    _ = run.Open().Start();
                    subject.Fuzz(random);
                    _ = run.Run(Recipe.Seconds);
                });

                var where = $"{name}, {seed}: {fault}";
                Assert.True(fault is null or InstrumentException, where);
                Assert.True(fault is not InstrumentErrorException || run.Ticket is not null || !subject.Truth.IsRunning, where);
                Assert.InRange(subject.Exchanges, 0, MostExchanges);
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
                Assert.InRange(subject.Truth.Starts, 0, 1);
                Assert.True(run.Rows.TrueForAll(row => double.IsFinite(row.StepSeconds) && double.IsFinite(row.StepAmpHours ?? 0)), where);
                Assert.True(run.Rows.Zip(run.Rows.Skip(1)).All(pair => pair.Second.Sequence > pair.First.Sequence), where);
            },
            tests: 300);

    [Theory]
    [MemberData(nameof(Subjects))]
    public void OutputOff_AnswersMutated_EndsAndLeavesNoOtherFault(string name) =>
        SeededCheck.ForAll(
            ArbMap.Default.ArbFor<int>(),
            seed =>
            {
                var random = new Random(seed);
                using var subject = Catalogue.MakeScheduled(name);
                var run = ScheduleConformanceTests.Arranged(subject, "running");
                subject.Fuzz(random);
                var before = subject.Exchanges;
                var fault = Record.Exception(run.Channel.OutputOff);

                Assert.True(fault is null or LinkFaultException, $"{name}, {seed}: {fault}");
                Assert.InRange(subject.Exchanges - before, 0, MostExchanges);
                Assert.Equal(1, subject.Truth.Starts);
            },
            tests: 300);
}
