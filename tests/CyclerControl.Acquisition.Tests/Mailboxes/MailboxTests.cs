using CyclerControl.Acquisition.Mailboxes;

namespace CyclerControl.Acquisition.Tests.Mailboxes;

public sealed class MailboxTests
{
    [Fact]
    public void TryPost_Full_IsRefusedAndLosesNothing()
    {
        var mailbox = new Mailbox<string>(4);
        for (var i = 0; i < 4; i++)
        {
            Assert.True(mailbox.TryPost($"{i}"));
        }

        Assert.False(mailbox.TryPost("4"));
        for (var i = 0; i < 4; i++)
        {
            Assert.True(mailbox.TryRead(out var message));
            Assert.Equal($"{i}", message);
        }

        Assert.False(mailbox.TryRead(out _));
        Assert.True(mailbox.TryPost("5"));
    }

    [Fact]
    public void PostEmergency_Full_IsRememberedAsOneWishToStopEverything()
    {
        var mailbox = new Mailbox<string>(2);
        Assert.False(mailbox.HasEmergency);
        for (var i = 0; i < 5; i++)
        {
            mailbox.PostEmergency("stop");
        }

        Assert.True(mailbox.HasEmergency);
        Assert.True(mailbox.TakeOverflow());
        Assert.False(mailbox.TakeOverflow());
        Assert.True(mailbox.TryReadEmergency(out _));
        Assert.True(mailbox.TryReadEmergency(out _));
        Assert.False(mailbox.HasEmergency);
    }

    [Fact]
    public async Task TryPost_FromManyThreads_EveryMessageArrivesOnceAndInItsSendersOrder()
    {
        const int Senders = 4;
        const int Each = 5_000;
        var mailbox = new Mailbox<Tuple<int, int>>(64);
        var senders = Enumerable.Range(0, Senders).Select(s => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                while (!mailbox.TryPost(Tuple.Create(s, i)))
                {
                    Thread.Yield();
                }
            }
        })).ToArray();
        var next = new int[Senders];
        for (var read = 0; read < Senders * Each;)
        {
            if (!mailbox.TryRead(out var message))
            {
                Thread.Yield();
                continue;
            }

            Assert.Equal(next[message.Item1]++, message.Item2);
            read++;
        }

        await Task.WhenAll(senders);
        Assert.False(mailbox.TryRead(out _));
    }
}
