using System.Runtime.InteropServices;
using CyclerControl.Instruments.Dialects.BioLogic.Library;
using CyclerControl.Testing.EcLab;

namespace CyclerControl.Instruments.Tests.Dialects.BioLogic.Library;

/// <summary>The structures against the numbers of the public binding; the C source asserts the same ones.</summary>
public sealed class EcLibLayoutTests
{
    private delegate void FillFunction(out DeviceInfos device, out ChannelInfos channel, out CurrentValues values, out DataInfos data);

    [Fact]
    public void Structures_Sizes_AreThoseOfTheLibrary()
    {
        Assert.Equal(44, Marshal.SizeOf<DeviceInfos>());
        Assert.Equal(76, Marshal.SizeOf<ChannelInfos>());
        Assert.Equal(76, Marshal.SizeOf<CurrentValues>());
        Assert.Equal(40, Marshal.SizeOf<DataInfos>());
        Assert.Equal(76, Marshal.SizeOf<EccParam>());
        Assert.Equal(4 + IntPtr.Size, Marshal.SizeOf<EccParams>());
    }

    [Theory]
    [InlineData(typeof(ChannelInfos), nameof(ChannelInfos.State), 56)]
    [InlineData(typeof(ChannelInfos), nameof(ChannelInfos.NumberOfTechniques), 72)]
    [InlineData(typeof(CurrentValues), nameof(CurrentValues.TimeBase), 8)]
    [InlineData(typeof(CurrentValues), nameof(CurrentValues.Current), 40)]
    [InlineData(typeof(CurrentValues), nameof(CurrentValues.ElapsedTime), 52)]
    [InlineData(typeof(DataInfos), nameof(DataInfos.TechniqueId), 16)]
    [InlineData(typeof(DataInfos), nameof(DataInfos.StartTime), 28)]
    [InlineData(typeof(DataInfos), nameof(DataInfos.MuxPad), 36)]
    [InlineData(typeof(EccParam), nameof(EccParam.Type), 64)]
    [InlineData(typeof(EccParam), nameof(EccParam.RawValue), 68)]
    [InlineData(typeof(EccParam), nameof(EccParam.Index), 72)]
    [InlineData(typeof(EccParams), nameof(EccParams.Parameters), 4)]
    public void Structures_Offsets_AreThoseOfTheLibrary(Type structure, string field, int offset) =>
        Assert.Equal(offset, (int)Marshal.OffsetOf(structure, field));

    [Fact]
    public void Structures_FilledInC_ArriveInTheirFields()
    {
        var library = NativeLibrary.Load(EcLibStandIn.Path);
        var fill = Marshal.GetDelegateForFunctionPointer<FillFunction>(NativeLibrary.GetExport(library, "STANDIN_Fill"));

        fill(out var device, out var channel, out var values, out var data);

        Assert.Equal((100, 103, 110), (device.DeviceCode, device.NumberOfChannels, device.ConnectedComputers));
        Assert.Equal((200, 203, 214, 218), (channel.Channel, channel.FirmwareCode, channel.State, channel.NumberOfTechniques));
        Assert.Equal((1, 2.5f, 3.5f, 9, 10.5f, 13.5f, 18), (values.State, values.TimeBase, values.Ewe, values.EwOverflow, values.Current, values.ElapsedTime, values.OptionPosition));
        Assert.Equal((1, 7, 8.25, 9), (data.IrqSkipped, data.Loop, data.StartTime, data.MuxPad));
    }

    [Fact]
    public void DefineParameters_OfEachType_HaveNameTypeBitsAndPlace()
    {
        var library = NativeEcLib.Load(EcLibStandIn.Path);

        Assert.Equal(0, library.DefineSingle("Current_step", -0.5e-3f, 3, out var current));
        Assert.Equal(0, library.DefineBool("vs_initial", true, 1, out var initial));
        Assert.Equal(0, library.DefineInteger("Test1_Config", 97, 2, out var test));

        Assert.Equal(("Current_step", 2, BitConverter.SingleToUInt32Bits(-0.5e-3f), 3), (current.Label.ToString(), current.Type, current.RawValue, current.Index));
        Assert.Equal(("vs_initial", 1, 1u, 1), (initial.Label.ToString(), initial.Type, initial.RawValue, initial.Index));
        Assert.Equal(("Test1_Config", 0, 97u, 2), (test.Label.ToString(), test.Type, test.RawValue, test.Index));
    }

    [Fact]
    public void Load_NotALibrary_SaysWhatToDo()
    {
        var failure = Assert.Throws<Core.Channels.InstrumentException>(() => NativeEcLib.Load("/no/such/EClib64.dll"));
        Assert.Contains("name EClib64.dll", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AnotherLibrary_IsNotTakenForIt()
    {
        var failure = Assert.Throws<Core.Channels.InstrumentException>(() => NativeEcLib.Load("libc.so.6"));
        Assert.Contains("is not EClib", failure.Message, StringComparison.Ordinal);
    }
}
