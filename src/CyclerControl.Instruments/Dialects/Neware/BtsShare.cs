using System.Text;
using CyclerControl.Core.Channels;

namespace CyclerControl.Instruments.Dialects.Neware;

/// <summary>The folder that both sides see, each under its own path: we write step files there, and the BTS program opens them.</summary>
/// <param name="OurPath">As this computer sees it.</param>
/// <param name="BtsPath">As the BTS computer sees it: <c>C:\bts</c>, <c>\\server\bts</c>.</param>
internal sealed record BtsShare(string OurPath, string BtsPath)
{
    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: false);

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
                throw Refused(channel, $"the shared folder '{OurPath}' is not there; mount it, or correct share= in the station file");
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
