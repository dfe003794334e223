using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.Land;

namespace CyclerControl.Instruments.Tests.Dialects.Land;

public sealed class LandStepsTests
{
    private const int Rest = 1;
    private const int Charge = 2;
    private const int Discharge = 0;

    private readonly LandSteps _steps = new(1e-6);
    private long _number;

    private void Add(int step, double seconds, double amperes, LandMode mode = LandMode.Unknown, long pass = 1) =>
        _steps.Add(new LandRow(++_number, step, pass, mode, seconds, null, 0.1, amperes, null, null));

    private List<ScheduleRow> Taken()
    {
        var rows = new List<ScheduleRow>();
        while (_steps.TryTake(out var row))
        {
            rows.Add(row);
        }

        return rows;
    }

    [Fact]
    public void Add_ModeInTheFile_IsTheDirectionWhateverTheCurrent()
    {
        Add(1, 0, 0, LandMode.Rest);
        Add(2, 0, 0, LandMode.Discharge);
        Add(3, 0, 0, LandMode.Charge);
        var rows = Taken();
        Assert.Equal([Rest, Discharge, Charge], rows.Select(r => r.Step));
        Assert.Equal([1, 2, 3], rows.Select(r => r.Pass));
        Assert.Equal([1, 2, 3], rows.Select(r => r.Sequence));
    }

    [Fact]
    public void Add_NoModeAndACurrentThatComesLate_WaitsForIt()
    {
        Add(1, 0, 0);
        Add(1, 1, 0);
        Assert.Empty(Taken());
        Add(1, 2, -1e-3);
        Assert.Equal([Discharge, Discharge, Discharge], Taken().Select(r => r.Step));
        Add(1, 3, 0); // A current that goes away later is still of the same step.
        Assert.Equal([Discharge], Taken().Select(r => r.Step));
    }

    [Fact]
    public void Add_NoCurrentForFiveRecords_IsARest()
    {
        for (var i = 0; i < LandSteps.MostWaiting; i++)
        {
            Assert.Empty(Taken());
            Add(1, i, 0.5e-6);
        }

        Assert.Equal(Enumerable.Repeat(Rest, LandSteps.MostWaiting), Taken().Select(r => r.Step));
    }

    [Fact]
    public void Add_AShortStepWithoutCurrent_IsARestWhenTheNextBegins()
    {
        Add(1, 0, 0);
        Add(2, 0, 1e-3);
        Assert.Equal([Rest, Charge], Taken().Select(r => r.Step));
    }

    [Theory]
    [InlineData(2, 5, 1)] // another step
    [InlineData(1, 5, 2)] // another pass
    [InlineData(1, 0, 1)] // its time begins again
    public void Add_WhatBeginsAStep_IsAnotherExecution(int step, double seconds, long pass)
    {
        Add(1, 3, 1e-3);
        Add(step, seconds, 1e-3, pass: pass);
        Assert.Equal([1, 2], Taken().Select(r => r.Pass));
    }

    [Fact]
    public void GiveUpWaiting_WhenTheFileIsSilent_LetsGoOfWhatItHas()
    {
        Add(1, 0, 0);
        _steps.GiveUpWaiting();
        Assert.Equal([Rest], Taken().Select(r => r.Step));
        Assert.Equal(0, _steps.Waiting);
    }
}
