using System.Text;
using CyclerControl.Core.Channels;

namespace CyclerControl.Instruments.Dialects.Neware;

/// <summary>The folder that both sides see, each under its own path: we write step files there, and the BTS program opens them.</summary>
/// <param name="OurPath">As this computer sees it.</param>
/// <param name="BtsPath">As the BTS computer sees it: <c>C:\bts</c>, <c>\\server\bts</c>.</param>
internal sealed record BtsShare(string OurPath, string BtsPath)
{
    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: false);

    private string NotThere => $"the shared folder '{OurPath}' is not there; mount it, or correct share= in the station file";

    /// <summary>Tries with a file that is gone again afterwards.</summary>
    /// <param name="text">What is to be written later, so that there is room for it.</param>
    /// <returns>Why a step file could not be written; null: it could.</returns>
    public string? WhyNotWritable(ChannelId channel, string text)
    {
        if (!Directory.Exists(OurPath))
        {
            return NotThere;
        }

        try
        {
            var path = Path.Combine(OurPath, Plain(channel.ToString()) + ".trial");
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 4096, FileOptions.DeleteOnClose);
            file.Write(s_encoding.GetBytes(text));
            file.Flush(flushToDisk: true);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return $"no step file can be written into the shared folder: {failure.Message.TrimEnd('.')}; check the shared folder and its permissions";
        }
    }

    /// <returns>The path under which the BTS program finds the file.</returns>
    /// <exception cref="InstrumentErrorException">It could not be written, or does not read back as written.</exception>
    public string Write(ChannelId channel, string runId, string text)
    {
        var name = $"{Plain(runId)}-{Plain(channel.ToString())}.xml";
        var path = Path.Combine(OurPath, name);
        try
        {
            if (!Directory.Exists(OurPath))
            {
                throw Refused(channel, NotThere);
            }

            var whole = path + ".part";
            using (var file = new FileStream(whole, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                file.Write(s_encoding.GetBytes(text));
                file.Flush(flushToDisk: true);
            }

            File.Move(whole, path, overwrite: true);
            if (File.ReadAllText(path, s_encoding) != text)
            {
                throw Refused(channel, $"the step file '{path}' does not read back as it was written; check the shared folder");
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Refused(channel, $"the step file '{path}' cannot be written: {failure.Message.TrimEnd('.')}; check the shared folder and its permissions");
        }

        return $"{BtsPath.TrimEnd('\\', '/')}\\{name}";
    }

    private static string Plain(string text) => string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_'));

    private static InstrumentErrorException Refused(ChannelId channel, string what) => new($"{channel}: {what}") { Instrument = channel.Instrument, Channel = channel };
}
