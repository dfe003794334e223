using CyclerControl.Core.Channels;

namespace CyclerControl.Testing.Fakes;

/// <summary>A second connection that tells the test what it is told.</summary>
public sealed class FakeAbortLine(Action<int> told, Action? closed) : IAbortLine
{
    public void SafeState(int channel) => told(channel);

    public void Dispose() => closed?.Invoke();
}
