using System.Collections.Immutable;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.BioLogic.Library;
using CyclerControl.Instruments.Dialects.BioLogic.Techniques;

namespace CyclerControl.Instruments.Dialects.BioLogic;

/// <summary>Puts techniques on a channel, after everything that speaks against it was looked at.</summary>
internal sealed class TechniqueUpload(EcLabConversation conversation, ChannelId id, byte channel, EcLabFamily family)
{
    /// <summary>Generation of the board; 0 before it was asked, and where the library cannot say.</summary>
    public uint Board { get; private set; }

    /// <summary>The folder of the technique files; empty: the library looks beside itself.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Asked once after connecting.</summary>
    public void AskBoard()
    {
        uint board = 0;
        if (family == EcLabFamily.Sp300)
        {
            conversation.Must($"BL_GetChannelBoardType({channel})", library => library.BoardType(conversation.Id, channel, out board), id);
        }

        Board = board;
    }

    /// <returns>Why nothing may be loaded; null: the channel is idle, and a current of the schedule needs no range that it has not.</returns>
    /// <param name="schedule">Null: there is none whose ranges could be compared.</param>
    public static string? WhyNot(in ChannelInfos infos, TechniqueSchedule? schedule) => infos switch
    {
        { FirmwareCode: not EcLabFamilies.KernelFirmware } => FormattableString.Invariant(
            $"the channel has firmware {infos.FirmwareCode}, not the one that runs techniques (5); close EC-Lab, power-cycle the instrument, and connect again"),
        { State: not 0 } => FormattableString.Invariant(
            $"the channel is not idle (state {infos.State}: {(infos.State == 1 ? "it runs" : infos.State == 2 ? "it is paused" : "not known to us")}); stop it first, nothing was loaded"),
        _ when schedule?.CurrentRangeCodes is { } needed && (OutOf(infos, needed.Lowest) || OutOf(infos, needed.Highest)) => FormattableString.Invariant(
            $"the protocol needs current ranges {needed.Lowest} to {needed.Highest}, and the channel has {infos.MinCurrentRange} to {infos.MaxCurrentRange}; use another channel, or correct the profile's ranges"),
        _ => null,
    };

    /// <exception cref="InstrumentErrorException">The channel is not known to be idle, or a current needs a range that it has not.</exception>
    public void Check(in ChannelInfos infos, TechniqueSchedule schedule)
    {
        if (WhyNot(infos, schedule) is { } why)
        {
            throw conversation.Refused(why, id);
        }
    }

    public void Load(TechniqueSchedule schedule)
    {
        AskBoard();
        for (var i = 0; i < schedule.Techniques.Length; i++)
        {
            var technique = schedule.Techniques[i];
            var file = FileOf(technique);
            var (first, last) = (i == 0, i == schedule.Techniques.Length - 1);
            var what = $"BL_LoadTechnique({channel}, {i}: {file})";
            var code = conversation.Call(
                what,
                library => Define(library, technique.Parameters, out var parameters) is var refused && refused < 0
                    ? refused
                    : library.LoadTechnique(conversation.Id, channel, file, parameters, first, last),
                id);
            if (code < 0)
            {
                throw conversation.Refused(EcLabConversation.Text(what, code) + (code == EcError.MemoryFull ? Fewer(i) : ""), id);
            }
        }
    }

    private static string Fewer(int held) =>
        FormattableString.Invariant($". It held {held} techniques: write biologic: {{ techniques: {held} }} in the profile, and the levels of a ramp that is in no repeat are written while it runs");

    public void Update(TechniqueSchedule schedule, int index, ImmutableArray<EccParameter> parameters) => conversation.Must(
        $"BL_UpdateParameters({channel}, {index})",
        library => Define(library, parameters, out var defined) is var code && code < 0
            ? code
            : library.UpdateParameters(conversation.Id, channel, index, defined, FileOf(schedule.Techniques[index])),
        id);

    // Codes of 10 pA and 1 pA do not follow the order of the others: the channel's own refusal stands for them.
    private static bool OutOf(in ChannelInfos infos, int code) => code <= EcLabRanges.Booster && (code < infos.MinCurrentRange || code > infos.MaxCurrentRange);

    private static int Define(IEcLib library, ImmutableArray<EccParameter> parameters, out EccParam[] defined)
    {
        defined = new EccParam[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            var (label, type, value, index) = parameters[i];
            var code = type switch
            {
                EccParameterType.Boolean => library.DefineBool(label, value != 0, index, out defined[i]),
                EccParameterType.Single => library.DefineSingle(label, (float)value, index, out defined[i]),
                _ => library.DefineInteger(label, (int)value, index, out defined[i]),
            };
            if (code < 0)
            {
                return code;
            }
        }

        return 0;
    }

    private string FileOf(Technique technique) => Folder + EcLabFamilies.TechniqueFile(TechniqueFiles.NameOf(technique.Kind), family, Board);
}
