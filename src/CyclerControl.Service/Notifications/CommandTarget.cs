using System.ComponentModel;
using System.Diagnostics;

namespace CyclerControl.Service.Notifications;

/// <summary>Starts a program without a shell; the message is its standard input, never an argument.</summary>
public sealed class CommandTarget(IReadOnlyList<string> command, TimeSpan patience) : INotificationTarget
{
    public string Name => "command";

    public async Task SendAsync(Notification notification, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardInput = true, UseShellExecute = false, CreateNoWindow = true };
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        // Secrets of the service are none of its business.
        foreach (var secret in start.Environment.Keys.Where(k => k.StartsWith("CYCLER_", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(secret);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        using var process = Started(start);
        try
        {
            await GiveAsync(process, notification, limit.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new DeliveryException($"took longer than {patience.TotalSeconds:0} s and was ended", isWorthRetrying: true);
        }

        if (process.ExitCode != 0)
        {
            throw new DeliveryException($"ended with code {process.ExitCode}", isWorthRetrying: true);
        }
    }

    private static Process Started(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new DeliveryException("cannot be started: " + failure.Message.TrimEnd('.'), isWorthRetrying: false);
        }
    }

    private static async Task GiveAsync(Process process, Notification notification, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.WriteLineAsync(notification.ToString().AsMemory(), cancellation).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It does not read; its exit code says how it went.
        }
    }
}
