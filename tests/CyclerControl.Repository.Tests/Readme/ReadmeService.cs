using System.Diagnostics;

namespace CyclerControl.Repository.Tests.Readme;

/// <summary>The service that a reader starts in a terminal of its own; on a free port, since the usual one may be taken.</summary>
internal sealed class ReadmeService : IDisposable
{
    private const string Listening = "listening on ";

    private readonly Process _process;
    private readonly Task _rest;

    public ReadmeService(string program, IEnumerable<string> arguments, string folder)
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments, "--url", "http://127.0.0.1:0"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        })!;
        var errors = _process.StandardError.ReadToEndAsync();
        string? line;
        do
        {
            line = _process.StandardOutput.ReadLine();
        }
        while (line?.StartsWith(Listening, StringComparison.Ordinal) == false);

        Url = line?[Listening.Length..].Trim() ?? throw new InvalidOperationException("the service has ended: " + errors.GetAwaiter().GetResult());
        _rest = Task.WhenAll(errors, _process.StandardOutput.ReadToEndAsync());
    }

    public string Url { get; }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _rest.GetAwaiter().GetResult();
        _process.Dispose();
    }
}
