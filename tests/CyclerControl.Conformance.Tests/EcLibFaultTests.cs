using CyclerControl.Conformance.Tests.Subjects;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.BioLogic.Library;
using CyclerControl.Simulation.BioLogic;

namespace CyclerControl.Conformance.Tests;

/// <summary>What only a library can get wrong: each exported function with each code, blocks of no known shape, states that come and go.</summary>
public sealed class EcLibFaultTests
{
    public static TheoryData<string> Functions =>
    [
        "BL_TestConnection", "BL_LoadFirmware", "BL_IsChannelPlugged", "BL_GetChannelInfos", "BL_GetMessage", "BL_LoadTechnique", "BL_StartChannel", "BL_StopChannel",
        "BL_GetCurrentValues", "BL_GetData", "BL_GetChannelBoardType", "BL_DefineBoolParameter", "BL_DefineSglParameter", "BL_DefineIntParameter", "BL_ConvertNumericIntoSingle",
    ];

    public static TheoryData<string> Subjects => ["biologic-vmp3", "biologic-sp300"];

    private static IEnumerable<int> Codes => EcError.Known.Append(-4711).Append(int.MinValue);

    [Theory]
    [MemberData(nameof(Functions))]
    public void Function_EachCodeFromTheBeginning_IsANamedFaultAndARefusedStartRunsNothing(string function)
    {
        foreach (var code in Codes)
        {
            using var subject = Make(function == "BL_GetChannelBoardType" ? "biologic-sp300" : "biologic-vmp3");
            var run = new ScheduleConversation(subject);
            subject.Library.Codes[function] = code;
            var fault = Record.Exception(() =>
            {
                _ = run.Open().Start().Run(Recipe.Seconds);
                run.Channel.OutputOff();
                _ = run.Channel.Read();
                run.Instrument.KeepAlive();
            });

            var where = $"{function} answers {code}: {fault}";
            Assert.True(fault is null or InstrumentException, where);
            Assert.True(fault is not InstrumentErrorException || run.Ticket is not null || !subject.Truth.IsRunning, where);
            Assert.True(fault is null || function == "BL_IsChannelPlugged" || fault.Message.Contains(FormattableString.Invariant($"{code}"), StringComparison.Ordinal), where);
            Assert.True(fault is not null || function is "BL_GetMessage" or "BL_ConvertNumericIntoSingle" or "BL_IsChannelPlugged" or "BL_StopChannel", where);
            Assert.InRange(subject.Truth.Starts, 0, 1);
            if (function == "BL_ConvertNumericIntoSingle")
            {
                Assert.All(run.Rows, row => Assert.True(double.IsNaN(row.Volts), where));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Function_EachCodeWhileItRuns_LeavesItRunningAndIsOverAfterwards(string function)
    {
        foreach (var code in Codes)
        {
            using var subject = Make(function == "BL_GetChannelBoardType" ? "biologic-sp300" : "biologic-vmp3");
            var run = ScheduleConformanceTests.Arranged(subject, "running");
            subject.Library.Codes[function] = code;
            var fault = Record.Exception(() => run.Run(9));

            var where = $"{function} answers {code}: {fault}";
            Assert.True(fault is null or InstrumentException, where);
            Assert.True(subject.Truth.IsRunning, where);
            subject.Library.Codes.Clear();
            Assert.True(run.Return(), where);
            Assert.Equal(ScheduleState.Finished, run.Run(Recipe.Seconds));
            Assert.Equal(1, subject.Truth.Starts);
            Assert.Equal(subject.Truth.Rows.Count, run.Rows.Count);
        }
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Block_OfNoKnownShape_IsAFaultOrAnothersAndNothingIsWritten(string name)
    {
        FaultyEcLib.DataChange[] changes =
        [
            (uint[] _, ref DataInfos infos, ref CurrentValues _) => infos.Rows = -1,
            (uint[] _, ref DataInfos infos, ref CurrentValues _) => infos.Rows = 1001,
            (uint[] _, ref DataInfos infos, ref CurrentValues _) => infos.Rows = int.MaxValue,
            (uint[] _, ref DataInfos infos, ref CurrentValues _) => infos.Columns = 2,
            (uint[] _, ref DataInfos infos, ref CurrentValues _) => infos.Columns = int.MaxValue,
            (uint[] _, ref DataInfos infos, ref CurrentValues _) => infos.ProcessIndex = 1,
            (uint[] _, ref DataInfos infos, ref CurrentValues _) => infos.TechniqueId = 104,
            (uint[] _, ref DataInfos infos, ref CurrentValues _) => infos.TechniqueIndex = 99,
            (uint[] _, ref DataInfos infos, ref CurrentValues _) => infos.TechniqueIndex = -1,
            (uint[] _, ref DataInfos infos, ref CurrentValues _) => infos.StartTime = double.PositiveInfinity,
            (uint[] _, ref DataInfos _, ref CurrentValues values) => values.TimeBase = float.NaN,
            (uint[] _, ref DataInfos _, ref CurrentValues values) => values.TimeBase = 0,
        ];
        foreach (var change in changes)
        {
            using var subject = Make(name);
            var run = ScheduleConformanceTests.Arranged(subject, "running");
            var commands = subject.Truth.Commands.Count;
            subject.Library.Change = change;
            var fault = Record.Exception(() => run.Poll());

            Assert.True(fault is LinkFaultException || run.State == ScheduleState.Displaced, $"{name}, change {Array.IndexOf(changes, change)}: {fault}, {run.State}");
            Assert.Empty(run.Rows);
            Assert.Equal(commands, subject.Truth.Commands.Count);
            Assert.True(subject.Truth.IsRunning);
        }
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Rows_WithoutNumbers_AreToldAsSuch(string name)
    {
        using var subject = Make(name);
        var run = ScheduleConformanceTests.Arranged(subject, "running");
        var nan = BitConverter.SingleToUInt32Bits(float.NaN) ^ (name == "biologic-sp300" ? EcLabNumber.LaterGeneration : EcLabNumber.FirstGeneration);
        subject.Library.Change = (uint[] buffer, ref DataInfos infos, ref CurrentValues _) =>
        {
            for (var row = 0; row < infos.Rows; row++)
            {
                buffer[(row * infos.Columns) + 2] = nan;
            }
        };
        _ = run.Poll();

        Assert.NotEmpty(run.Rows);
        Assert.All(run.Rows, row => Assert.True(double.IsNaN(row.Volts)));
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void IrqSkipped_OfAnyBlock_IsTold(string name)
    {
        using var subject = Make(name);
        var run = ScheduleConformanceTests.Arranged(subject, "running");
        var told = 0;
        subject.Library.Change = (uint[] _, ref DataInfos infos, ref CurrentValues _) => infos.IrqSkipped = told++ < 2 ? 7 : 0;
        _ = run.Poll();

        Assert.Equal(14, run.Lost);
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Stop_SaidOnceAndNotAgain_IsNoEnd(string name)
    {
        using var subject = Make(name);
        var run = new ScheduleConversation(subject).Open().Start();
        var answers = 0;
        subject.Library.Change = (uint[] _, ref DataInfos infos, ref CurrentValues values) =>
        {
            if (values.State == 1 && infos.Rows == 0 && ++answers % 2 == 1)
            {
                values.State = 0;
            }
        };

        Assert.Equal(ScheduleState.Finished, run.Run(Recipe.Seconds));
        run.AssertRowsAreTrue(name);
        Assert.True(answers > 10);
    }

    // Real time: the only one of its kind here.
    [Fact]
    public void Call_ThatNeverReturns_IsGivenUpInItsTimeAndKeepsNobodyWaiting()
    {
        using var hung = new ManualResetEventSlim();
        var thread = new EcLibThread("hangs");
        var late = Assert.Throws<TimeoutException>(() => thread.Call("BL_GetData(0)", TimeSpan.FromMilliseconds(100), () =>
        {
            hung.Wait();
            return 0;
        }));
        Assert.Contains("has not returned", late.Message, StringComparison.Ordinal);
        for (var i = 0; i < 100; i++)
        {
            var kept = Assert.Throws<TimeoutException>(() => thread.Call("BL_StopChannel(0)", TimeSpan.FromHours(1), () => 0));
            Assert.Contains("start this program anew", kept.Message, StringComparison.Ordinal);
        }

        hung.Set();
    }

    private static EcLabSubject Make(string name) => (EcLabSubject)Catalogue.MakeScheduled(name);
}
