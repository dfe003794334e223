using CyclerControl.Instruments.Dialects.BioLogic.Library;

namespace CyclerControl.Instruments.Tests.Dialects.BioLogic.Library;

public sealed class EcLibThreadTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void Call_Always_IsMadeByTheOneThread()
    {
        var thread = new EcLibThread("test");
        var ids = Enumerable.Range(0, 5).Select(_ => thread.Call("a call", s_long, () => Environment.CurrentManagedThreadId)).Distinct().ToList();

        Assert.NotEqual(Environment.CurrentManagedThreadId, Assert.Single(ids));
    }

    [Fact]
    public void Call_ThatHangs_IsGivenUpAndLetsNobodyInUntilItHasReturned()
    {
        var thread = new EcLibThread("test");
        using var release = new ManualResetEventSlim();
        using var returned = new ManualResetEventSlim();
        var late = Assert.Throws<TimeoutException>(() => thread.Call("BL_GetData", s_short, () => Wait(release, returned)));
        var refused = Assert.Throws<TimeoutException>(() => thread.Call("BL_Connect", s_short, () => 1));
        release.Set();
        Assert.True(returned.Wait(s_long));

        Assert.Contains("has not returned within 0.05 s", late.Message, StringComparison.Ordinal);
        Assert.Contains("BL_Connect was not called: the vendor's library has not returned from BL_GetData", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, Until(() => thread.Call("BL_Connect", s_long, () => 2)));
    }

    [Fact]
    public void Call_ThatThrows_ThrowsAtTheCaller() =>
        Assert.Throws<InvalidOperationException>(() => new EcLibThread("test").Call<int>("a call", s_long, () => throw new InvalidOperationException("no")));

    private static int Wait(ManualResetEventSlim release, ManualResetEventSlim returned)
    {
        _ = release.Wait(s_long);
        returned.Set();
        return 0;
    }

    // The call has returned; its thread may need a moment to say so.
    private static int Until(Func<int> call)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return call();
            }
            catch (TimeoutException) when (i < 10_000)
            {
                _ = Thread.Yield();
            }
        }
    }
}
