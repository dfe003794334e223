using System.Text;
using CyclerControl.Instruments.Dialects.Neware.Messages;
using CyclerControl.Instruments.Dialects.Neware.StepFiles;
using CyclerControl.Testing.Properties;
using FsCheck.Fluent;

namespace CyclerControl.Instruments.Tests.Dialects.Neware.Messages;

/// <summary>Recorded messages, read as they are.</summary>
public sealed class BtsRepliesTests
{
    [Fact]
    public void DeviceInfo_Recorded_NamesSixteenChannelsInTwoUnits()
    {
        var info = BtsReplies.DeviceInfo(Transcripts.Bytes("getdevinfo"));
        Assert.Equal(16, info.Channels.Length);
        Assert.Equal(new BtsPlace("127.0.0.1", 27, 21, 1, 1), info.Channels[0]);
        Assert.Equal(new BtsPlace("127.0.0.1", 27, 21, 2, 8), info.Channels[^1]);
        Assert.Null(info.Client);
    }

    [Theory]
    [InlineData("cv", StepFileType.Sweep, true)]
    [InlineData("dc", StepFileType.Sweep, true)]
    [InlineData("sim", StepFileType.Sweep, true)]
    [InlineData("rest", StepFileType.Sweep, false)]
    [InlineData("cv", StepFileType.DischargeCurrent, false)]
    public void StepWord_OfASweep_MayBeAnyButRest(string word, object type, bool fits) =>
        Assert.Equal(fits, BtsStepWords.Fits(BtsStepWords.Read(Encoding.UTF8.GetBytes(word)), (StepFileType)type));

    [Fact]
    public void DeviceInfo_OfNewerProgram_HasItsVersion()
    {
        var info = BtsReplies.DeviceInfo(Transcripts.Bytes("getdevinfo-newer"));
        Assert.Equal("BTS Client 2025.11.24(R3) (64)", info.Client);
        Assert.Equal(2, info.Channels.Length);
    }

    [Fact]
    public void DeviceInfo_WithoutHardware_IsEmpty() => Assert.Empty(BtsReplies.DeviceInfo(Transcripts.Bytes("getdevinfo-no-hardware")).Channels);

    [Theory]
    [InlineData("getchlstatus", "finish")]
    [InlineData("getchlstatus-another-unit", "working")]
    public void Status_WhateverAddressIsEchoed_IsOfTheChannelThatWasAsked(string transcript, string expected) =>
        Assert.Equal(expected, BtsReplies.Status(Transcripts.Bytes(transcript)));

    [Fact]
    public void Live_CountSaysOne_HasBothChannelsInTheOrderOfTheQuestion()
    {
        var channels = new BtsLive[2];
        BtsReplies.Live(Transcripts.Bytes("inquire-count-lies"), channels);
        Assert.Equal(new BtsLive("finish", "cell_01", 3.8834, 0, null), channels[0]);
        Assert.Equal(new BtsLive("working", "cell_02", 4.6947, -0.0003, null), channels[1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Live_AnotherNumberOfChannels_IsRefused(int asked) =>
        Assert.Throws<FormatException>(() => BtsReplies.Live(Transcripts.Bytes("inquire-count-lies"), new BtsLive[asked]));

    [Fact]
    public void Upload_Recorded_IsComplete() =>
        Assert.Equal(new BtsUpload(143, 219585, true), BtsReplies.Upload(Transcripts.Bytes("inquiredf")));

    [Fact]
    public void Rows_MisspeltReplyWithWrongCount_AreThoseThatAreThere()
    {
        var rows = new BtsRow[1000];
        Assert.Equal(2, BtsReplies.Rows(Transcripts.Bytes("download-misspelt"), 1, rows));
        Assert.Equal(
            new BtsRow(219576, 24, 29, BtsStepWord.DischargeCurrent, 36070000, 3.6780698299408, -0.000295051460852847, 0.00295628436449786, 0.0135611368830335),
            rows[0]);
        Assert.Equal(219577, rows[1].Sequence);
    }

    [Fact]
    public void Rows_Many_AllocateNothingEach()
    {
        var rows = new BtsRow[1000];
        var one = Encoding.UTF8.GetBytes(Page(1));
        var many = Encoding.UTF8.GetBytes(Page(1000));
        long Cost(byte[] reply)
        {
            _ = BtsReplies.Rows(reply, 1, rows);
            var before = GC.GetAllocatedBytesForCurrentThread();
            _ = BtsReplies.Rows(reply, 1, rows);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(Cost(one), Cost(many));
    }

    [Fact]
    public void Rows_NoneLeft_AreNone() => Assert.Equal(0, BtsReplies.Rows(Transcripts.Bytes("download-none"), 1, new BtsRow[10]));

    [Fact]
    public void Rows_MoreThanAsked_AreRefused() =>
        Assert.Throws<FormatException>(() => BtsReplies.Rows(Transcripts.Bytes("download-misspelt"), 1, new BtsRow[1]));

    [Theory]
    [InlineData("cap=\"0.00295628436449786\"", "cap=\"NaN\"")]
    [InlineData("eng=\"0.0135611368830335\"", "eng=\"1e999\"")]
    [InlineData("testtime=\"36070000\"", "testtime=\"NaN\"")]
    [InlineData("seqid=\"219576\"", "seqid=\"219575\"")]
    [InlineData("seqid=\"219576\"", "seqid=\"219577\"")]
    [InlineData("<data seqid=\"219576\"", "~data seqid=\"219576\"")]
    public void Rows_TimeOrChargeThatIsNoneRowOutOfOrderOrTextForARow_AreRefused(string sound, string wrong)
    {
        var text = Transcripts.Text("download-misspelt");
        Assert.Contains(sound, text, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => BtsReplies.Rows(Encoding.UTF8.GetBytes(text.Replace(sound, wrong, StringComparison.Ordinal)), 219576, new BtsRow[10]));
    }

    [Theory]
    [InlineData("o~")]
    [InlineData("")]
    [InlineData("true")]
    public void IsDone_NeitherYesNorNo_IsNoAnswer(string word) =>
        Assert.Throws<FormatException>(() => BtsReplies.IsDone(
            Encoding.UTF8.GetBytes(Transcripts.Text("start-ok").Replace(">ok<", $">{word}<", StringComparison.Ordinal)), "start"));

    [Theory]
    [InlineData("start-ok", "start", true)]
    [InlineData("start-false-another-channel", "start", false)]
    [InlineData("stop-ok", "stop", true)]
    [InlineData("stop-false", "stop", false)]
    public void IsDone_Recorded_IsWhatItSays(string transcript, string command, bool expected) =>
        Assert.Equal(expected, BtsReplies.IsDone(Transcripts.Bytes(transcript), command));

    [Theory]
    [InlineData("inquiredf")]
    [InlineData("start-ok")]
    [InlineData("downloadlog-misspelt")]
    public void Rows_AnswerToAnotherQuestion_IsRefused(string transcript) =>
        Assert.Throws<FormatException>(() => BtsReplies.Rows(Transcripts.Bytes(transcript), 1, new BtsRow[10]));

    [Fact]
    public void Replies_WithDocumentType_AreRefused()
    {
        var text = Transcripts.Text("getchlstatus").Replace("<bts ", "<!DOCTYPE bts [<!ENTITY a \"b\">]><bts ", StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => BtsReplies.Status(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Live_NamedCharacters_AreResolved()
    {
        var text = Transcripts.Text("inquire-count-lies").Replace("cell_02", "a &amp; b &#65;&quot;", StringComparison.Ordinal);
        var channels = new BtsLive[2];
        BtsReplies.Live(Encoding.UTF8.GetBytes(text), channels);
        Assert.Equal("a & b A\"", channels[1].Barcode);
    }

    [Fact]
    public void Replies_Mutated_AreReadOrRefusedAndNothingElse()
    {
        var mutations = (from name in Gen.Elements(Transcripts.All.AsEnumerable())
                         from places in Gen.Choose(0, 100_000).ListOf()
                         from letters in Gen.Choose(0, 255).ListOf()
                         from cut in Gen.Choose(0, 100_000)
                         select (name, places, letters, cut)).ToArbitrary();
        SeededCheck.ForAll(
            mutations,
            mutation =>
            {
                var bytes = Transcripts.Bytes(mutation.name);
                foreach (var (place, letter) in mutation.places.Zip(mutation.letters))
                {
                    bytes[place % bytes.Length] = (byte)letter;
                }

                ReadAll(mutation.cut % 3 == 0 ? bytes[..(mutation.cut % bytes.Length)] : bytes);
            },
            tests: 400);
    }

    private static void ReadAll(byte[] reply)
    {
        Action[] readers =
        [
            () => BtsReplies.DeviceInfo(reply), () => BtsReplies.Status(reply), () => BtsReplies.Live(reply, new BtsLive[2]), () => BtsReplies.Upload(reply),
            () => BtsReplies.Rows(reply, 1, new BtsRow[10]), () => BtsReplies.IsDone(reply, "start"), () => BtsReplies.IsDone(reply, "stop"),
        ];
        foreach (var read in readers)
        {
            try
            {
                read();
            }
            catch (FormatException)
            {
                // As it should be.
            }
        }
    }

    private static string Page(int rows) =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<bts version=\"1.0\">\r\n  <cmd>donwload_resp</cmd>\r\n  <list count=\"1\">\r\n"
        + string.Concat(Enumerable.Range(1, rows).Select(i => FormattableString.Invariant(
            $"    <data seqid=\"{i}\" stepid=\"1\" cycleid=\"0\" steptype=\"cc\" testtime=\"{i * 1000}\" volt=\"1.5\" curr=\"-2.5E-05\" cap=\"0\" eng=\"0\" />\r\n")))
        + "  </list>\r\n</bts>";
}
