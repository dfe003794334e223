using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Files;
using Microsoft.Data.Sqlite;

namespace CyclerControl.Recording.Writing;

/// <summary>The recorder thread's end of one run: takes from the queue, writes, commits in groups, and closes the file.</summary>
internal sealed class RecordedRun(RunLane lane, RunWriter writer, RunFolder folder, RecorderOptions options, CommitPace pace, TimeProvider time)
{
    // How often the other thread hears of free places while many entries are taken, and how soon a virtual clock's wish is granted.
    private const int NotifyEvery = 1024;
    // A boundary whose checkpoint is still to come: as long as the instrument takes to obey.
    private const long BoundaryNanoseconds = Nanoseconds.PerSecond / 500;
    private const long SoonNanoseconds = Nanoseconds.PerSecond / 10;

    private readonly bool isVirtual = options.Clock == ClockKind.Virtual;
    private long taken;
    private long rowsAtCommit = writer.Rows;
    private bool ended;
    private bool commitWanted;
    private bool boundaryIsOpen;

    /// <summary>Takes what is there, and commits what is due.</summary>
    /// <returns>Wall time of the next turn, ns.</returns>
    public long Pump()
    {
        try
        {
            // Both before the queue is looked at: they speak of what is in it already.
            var abandoned = lane.Abandoned;
            commitWanted |= lane.TakeCommitWanted();
            TakeAll();
            if (ended || abandoned)
                Close();
            else if (Due() <= time.NowNanoseconds() && MayCommit)
                Commit();
        }
        catch (SqliteException e)
        {
            Fail(RunDatabase.Text(e, folder.RunFilePath));
        }
#pragma warning disable CA1031 // Whatever it is: the run must stop safely, and the other runs must go on
        catch (Exception e)
#pragma warning restore CA1031
        {
            Fail($"{folder.RunFilePath}: {e.Message}");
        }

        return lane.Closed ? long.MaxValue
            : MayCommit ? Due()
            : Math.Max(Due(), time.NowNanoseconds() + BoundaryNanoseconds);
    }

    /// <summary>
    /// The last sample of a step, its result and the checkpoint of what follows become durable together: whoever finds the file must not
    /// have to guess what comes after a step that has ended.
    /// </summary>
    private bool MayCommit => !boundaryIsOpen || lane.MustCommit || lane.Failure is not null;

    public void Abandon() => lane.Abandoned = true;

    private void TakeAll()
    {
        var limit = lane.Queue.Capacity; // then the other runs have a turn
        while (!ended && limit-- > 0 && lane.Queue.TryPeek(out var index))
        {
            ref var slot = ref lane.Queue[index];
            Take(ref slot);
            slot.Item = null;
            lane.Queue.Release();
            taken++;
            if (taken % NotifyEvery == 0)
                lane.Notify();
            if (isVirtual && writer.Rows - rowsAtCommit >= options.RowsPerCommit && MayCommit)
                Commit();
        }

        lane.Notify();
    }

    private void Take(ref RecordSlot slot)
    {
        ended = slot.Kind == RecordKind.Ending;
        if (slot.Kind is RecordKind.Sample or RecordKind.Step or RecordKind.Checkpoint)
            boundaryIsOpen = slot.Kind == RecordKind.Step || (slot.Kind == RecordKind.Sample && slot.Row.Reason is RowReason.StepEnd or RowReason.Event);
        if (lane.Failure is null)
            Write(in slot);
        else if (ended)
            TryWriteAfterFailure(in slot);
        if (slot.Kind == RecordKind.Checkpoint)
            lane.SpareBuffers.TryPush((byte[])slot.Item!, lane.SpareBuffers.Capacity);
    }

    private void Write(in RecordSlot slot)
    {
        if (slot is not { Kind: RecordKind.Step, Item: null })
        {
            writer.Write(in slot);
        }
        else if (lane.Steps.TryPeek(out var index))
        {
            writer.Write(in lane.Steps[index]);
            lane.Steps.Release();
        }
    }

    private void Commit()
    {
        if (lane.Failure is not null)
            return;
        var before = time.NowNanoseconds();
        if (writer.Dirty)
        {
            writer.Commit();
            pace.Observe(time.NowNanoseconds() - before);
        }

        commitWanted = false;
        lane.MustCommit = false;
        rowsAtCommit = writer.Rows;
        lane.DurableRows = writer.Rows;
        lane.LastCommit = time.NowNanoseconds();
        lane.DurableEntries = taken;
        lane.Notify();
    }

    private long Due()
    {
        if (!commitWanted)
            return lane.LastCommit + pace.IntervalNanoseconds;

        // A simulation passes hundreds of step boundaries a second; a real run one an hour.
        return isVirtual && !lane.Waiting ? lane.LastCommit + SoonNanoseconds : long.MinValue;
    }

    private void Close()
    {
        Commit();
        if (ended)
            writer.TryMakeOneFile();
        writer.Dispose();
        if (ended)
            folder.Release();
        folder.Dispose();
        Closed();
    }

    private void Closed()
    {
        pace.RunClosed();
        lane.Closed = true;
        lane.Changed.Set();
    }

    private void Fail(string reason)
    {
        lane.Fail(reason);
        try
        {
            writer.Rollback();
            if (ended || lane.Abandoned)
                Close();
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            writer.Dispose();
            folder.Dispose();
            Closed();
        }
    }

    /// <summary>Why the run ended is small, and may fit where a second of samples did not.</summary>
    private void TryWriteAfterFailure(in RecordSlot slot)
    {
        try
        {
            writer.Write(in slot);
            writer.Commit();
        }
        catch (SqliteException)
        {
            writer.Rollback(); // the reason is known already; whoever finds the file calls the run interrupted
        }
    }
}
