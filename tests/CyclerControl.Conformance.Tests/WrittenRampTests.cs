using CyclerControl.Conformance.Tests.Subjects;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Profiles;

namespace CyclerControl.Conformance.Tests;

/// <summary>
/// A ramp that is written on while it runs: each update of parameters goes wrong in turn and in each way, with and without the death of this program. Every level
/// runs once, in its order, with its current.
/// </summary>
public sealed class WrittenRampTests
{
    private const int Levels = 12;
    private const int Ramp = 0;
    private const double Seconds = (Levels * 40) + 60;

    private const string Steps = """
          - ramp: { from: 0.1 mA/cm2, by: 0.1 mA/cm2, to: 1.2 mA/cm2 }
            steps:
              - plate: ramp
                for: 20 s
              - strip: ramp
                for: 20 s
        """;

    public static TheoryData<string, CallTrouble> Cases
    {
        get
        {
            var cases = new TheoryData<string, CallTrouble>();
            foreach (var trouble in Enum.GetValues<CallTrouble>())
            {
                cases.Add("biologic-vmp3", trouble);
                cases.Add("biologic-sp300", trouble);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Update_EachInTurnGoesWrong_EveryLevelRunsOnceInItsOrder(string name, CallTrouble trouble)
    {
        var updates = Updates(name);
        Assert.True(updates.Count > Levels, $"{updates.Count} updates");
        foreach (var (exchange, i) in updates.Select((exchange, i) => (exchange, i)))
        {
            using var subject = Make(name);
            subject.Spoil(exchange, trouble.ToString());
            var run = new ScheduleConversation(subject, Recipe.Of(subject, Steps)).Open().Start();
            var fault = Record.Exception(() => run.Run(Seconds));

            var where = $"{name}, {trouble} at update {i}: {fault}";
            Assert.True(fault is null or LinkFaultException, where);
            Assert.True(fault is null == (trouble == CallTrouble.Refused), where);
            if (fault is not null)
            {
                Assert.True(subject.Truth.IsRunning, where);
                if (i % 2 == 0)
                {
                    subject.Die();
                }

                // The run file may be a little behind what was read.
                Assert.True(run.Return(new ScheduleProgress(Ramp, Math.Max(0, (run.Rows[^1].Step / 2) - (i / 2 % 2)))), where);
                _ = run.Run(Seconds);
            }

            Assert.True(run.State == ScheduleState.Finished, $"{where}; {run.State}, {run.Message}");
            Assert.Equal(1, subject.Truth.Starts);
            Assert.Equal(Enumerable.Range(0, Levels * 2), run.Rows.Select(row => row.Step).Distinct());
            Assert.All(run.Rows, row => Assert.Equal(((row.Step / 2) + 1) * (row.Step % 2 == 0 ? -0.1e-3 : 0.1e-3), row.Amperes, 1e-9));
            Assert.Equal(subject.Truth.Rows.Count, run.Rows.Count);
        }
    }

    private static List<int> Updates(string name)
    {
        using var subject = Make(name);
        var (hear, updates) = (subject.Library.Calling!, new List<int>());
        subject.Library.Calling = function =>
        {
            if (function == "BL_UpdateParameters")
            {
                updates.Add(subject.Library.Calls - 1);
            }

            hear(function);
        };
        Assert.Equal(ScheduleState.Finished, new ScheduleConversation(subject, Recipe.Of(subject, Steps)).Open().Start().Run(Seconds));
        return updates;
    }

    private static EcLabSubject Make(string name)
    {
        var profile = ProfileLibrary.Shipped.Find(name)!;
        return new EcLabSubject(profile with { BioLogic = profile.BioLogic! with { Techniques = 9 } });
    }
}
