using CyclerControl.Instruments.Dialects.BioLogic;
using CyclerControl.Instruments.Dialects.BioLogic.Techniques;

namespace CyclerControl.Instruments.Tests.Dialects.BioLogic;

/// <summary>A ramp that is written on while it runs, against a channel that goes on whatever this program does.</summary>
public sealed class RampFeedTests
{
    [Theory]
    [InlineData(16, 9, false)]
    [InlineData(23, 12, false)]
    [InlineData(40, 14, false)]
    [InlineData(41, 25, false)]
    [InlineData(23, 16, true)]
    [InlineData(40, 22, true)]
    public void Next_WhateverBreaksWheneverItBreaks_TheChannelRunsLevelsInTheirOrderAndStopsAtAClosedPlace(int levels, int most, bool rests)
    {
        var (ends, deaths, stops) = (0, 0, 0);
        for (var seed = 0; seed < 400; seed++)
        {
            var model = new Model(Window(levels, most, rests), new Random(seed));
            model.Run();
            deaths += model.Deaths;
            _ = model.HasStopped ? stops++ : ends++;
            Assert.Equal(Enumerable.Range(0, model.Ran.Count), model.Ran);
            Assert.True(model.HasStopped || model.Ran.Count == model.Window.Levels.Length, $"seed {seed}: ended after {model.Ran.Count} levels");
        }

        // Or the property is about nothing.
        Assert.True(ends > 10 && stops > 10 && deaths > 200, $"{ends} ends, {stops} stops, {deaths} deaths");
    }

    [Fact]
    public void Next_ProgramThatKeepsUp_WritesEachLevelOnceAndComesToTheEnd()
    {
        var model = new Model(Window(40, 14), new Random(1)) { IsPerfect = true };
        model.Run();

        Assert.False(model.HasStopped);
        Assert.Equal(model.Window.Levels.Length, model.Ran.Count);
        Assert.Equal(model.Window.Levels.Length - (model.Window.Places - 1), model.Openings);
    }

    [Fact]
    public void Next_BeforeTheRampHasBegun_IsNothing()
    {
        Assert.Null(new RampFeed(Window(40, 14), fromStart: true, 0).Next());
        Assert.Null(new RampFeed(Window(40, 14), fromStart: false, 7).Next());
    }

    [Fact]
    public void Meet_LevelOfATakenUpRun_IsTheNextThatStandsInThatPlace()
    {
        var window = Window(40, 14);
        for (var known = 0; known < window.Levels.Length; known++)
        {
            for (var runs = known; runs < Math.Min(known + window.Places, window.Levels.Length); runs++)
            {
                var feed = new RampFeed(window, fromStart: false, known);
                var index = window.IndexOf(runs) + window.Gate;

                Assert.Equal(RampMeeting.Level, feed.Meet(index, Amperes(window, runs), 100));
                Assert.Equal(runs, feed.Level);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(30)]
    public void Meet_WhatIsOnRecordIsOld_IsTheLevelWithTheCurrentOfTheRow(int runs)
    {
        var window = Window(40, 14);
        var feed = new RampFeed(window, fromStart: false, 0);

        Assert.Equal(RampMeeting.Level, feed.Meet(window.IndexOf(runs) + window.Gate, 1.002 * Amperes(window, runs), 100));

        Assert.Equal(runs, feed.Level);
    }

    [Fact]
    public void Meet_TakenUpWithoutCurrent_IsNotTakenForAClosedPlaceOnceItLasts()
    {
        var window = Window(40, 14);
        var feed = new RampFeed(window, fromStart: false, 3);
        var index = window.IndexOf(3) + window.Gate;

        Assert.Equal(RampMeeting.Closed, feed.Meet(index, 0, 0.5));
        Assert.Equal(RampMeeting.Level, feed.Meet(index, 0, 2));
        Assert.Null(feed.RunOut);
    }

    [Fact]
    public void Meet_ClosedPlaceThatRuns_IsNotWritten()
    {
        var window = Window(40, 14);
        var feed = new RampFeed(window, fromStart: true, 0);
        var closed = window.IndexOf(window.Places - 1) + window.Gate;

        Assert.Equal(RampMeeting.Closed, feed.Meet(closed, 0, 0));
        Assert.Equal(window.Places - 1, feed.RunOut!.Value.Level);
        Assert.Contains("had not written", feed.RunOut.Value.Why, StringComparison.Ordinal);
        Assert.Equal(RampMeeting.NotWritten, feed.Meet(closed, -1e-3, 5));
    }

    private static double Amperes(RampWindow window, int level) => window.Levels[level][window.Gate].Parameters[0].Value;

    private static RampWindow Window(int levels, int most, bool rests = false) => Assert.Single(Programs.Schedule(
        Programs.Small($$"""
              - ramp: { from: 0.01 mA/cm2, by: 0.01 mA/cm2, to: {{levels * 10}} uA/cm2 }
                steps:
                  {{(rests ? "- rest: 1 min" : "")}}
                  - plate: ramp
                    for: 1 h
                  - strip: ramp
                    for: 1 h
            """), most: most).Ramps);

    /// <summary>A channel that goes round, and a program that looks, writes, is slow, and dies, in any order.</summary>
    private sealed class Model(RampWindow window, Random random)
    {
        private readonly int?[,] _holds = new int?[window.Places, window.Size];
        private RampFeed _feed = new(window, fromStart: true, 0);
        private IEnumerator<bool>? _writing;
        private int _place;
        private int _offset;
        private int _turn;
        private int _known;

        public RampWindow Window { get; } = window;

        public bool IsPerfect { get; init; }

        public List<int> Ran { get; } = [];

        public bool HasStopped { get; private set; }

        public int Deaths { get; private set; }

        public int Openings { get; private set; }

        public void Run()
        {
            for (var level = 0; level < Window.Places; level++)
            {
                Hold(level, level < Window.Places - 1);
            }

            // Some programs are quick, some are not; some seldom die.
            var (quick, lives) = (random.Next(4, 60), random.Next(20, 400));
            while (!HasStopped && _turn < Window.Levels.Length / Window.Places)
            {
                if (Window.Gate > 0)
                {
                    _offset = 0;
                    Act(quick, lives);
                }

                PassTheGate();
                if (!HasStopped)
                {
                    _offset = Window.Gate;
                    Act(quick, lives);
                    _place = (_place + 1) % Window.Places;
                    _turn += _place == 0 ? 1 : 0;
                }
            }
        }

        private void Act(int quick, int lives)
        {
            if (IsPerfect)
            {
                Look();
                while (_writing?.MoveNext() == true)
                {
                }
            }
            else
            {
                for (var acts = random.Next(quick); acts > 0; acts--)
                {
                    Act(lives);
                }
            }
        }

        private void Act(int lives)
        {
            if (random.Next(lives) == 0)
            {
                Deaths++;
                _writing = null;
                _feed = new RampFeed(Window, fromStart: false, Math.Max(0, _known - random.Next(2)));
            }
            else if (_writing?.MoveNext() != true)
            {
                Look();
            }
        }

        private void Look()
        {
            _known = (_turn * Window.Places) + _place;
            Assert.Equal(RampMeeting.Level, _feed.Meet(Window.IndexOf(_known) + _offset, _offset < Window.Gate ? 0 : Amperes(Window, _known), 100));
            Assert.True(_feed.Level == _known || _feed.Next() is null, $"takes level {_known} for {_feed.Level}, and writes");
            _writing = Write().GetEnumerator();
        }

        /// <summary>One update after the other; whoever dies between two leaves them half done.</summary>
        private IEnumerable<bool> Write()
        {
            for (var writes = 0; writes < 4 && _feed.Next() is { } write; writes++)
            {
                _feed.Begin(write);
                foreach (var (index, parameters) in write.Updates)
                {
                    var offset = Window.OffsetOf(index);
                    _holds[Window.PlaceOf(index), offset] = write.Level >= 0 ? write.Level : null;
                    Assert.Equal((write.Level >= 0 ? Window.Levels[write.Level][offset].Parameters : Window.Closed(write.Place)).AsEnumerable(), parameters);
                    yield return true;
                }

                _feed.Done(write);
                Openings += write.Level >= 0 ? 1 : 0;
            }
        }

        private void Hold(int level, bool isOpen)
        {
            for (var offset = 0; offset < Window.Size; offset++)
            {
                _holds[level, offset] = offset == Window.Gate && !isOpen ? null : level;
            }
        }

        private void PassTheGate()
        {
            HasStopped = _holds[_place, Window.Gate] is null;
            for (var offset = Window.Gate; offset < Window.Size && !HasStopped; offset++)
            {
                // The whole of one level, never half of two.
                Assert.Equal(_holds[_place, Window.Gate], _holds[_place, offset]);
            }

            if (!HasStopped)
            {
                Ran.Add(_holds[_place, Window.Gate]!.Value);
            }
        }
    }
}
