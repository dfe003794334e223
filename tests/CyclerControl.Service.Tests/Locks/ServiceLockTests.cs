using CyclerControl.Service.Locks;

namespace CyclerControl.Service.Tests.Locks;

public sealed class ServiceLockTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("serve-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Take_SecondService_IsRefusedWithTheUrlOfTheFirst()
    {
        using var first = ServiceLock.Take(_folder, null, TimeProvider.System);
        first.Tell("http://127.0.0.1:5080");

        var refused = Assert.Throws<HeldElsewhereException>(() => ServiceLock.Take(_folder, "http://127.0.0.1:5081", TimeProvider.System));

        Assert.Contains("http://127.0.0.1:5080", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--data", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RefuseBeside_Service_NamesTheWayToStartARun()
    {
        using (ServiceLock.Take(_folder, "http://127.0.0.1:5080", TimeProvider.System))
        {
            Assert.Contains("cycler start", Assert.Throws<HeldElsewhereException>(() => ServiceLock.RefuseBeside(_folder)).Message, StringComparison.Ordinal);
            Assert.Equal("http://127.0.0.1:5080", ServiceLock.OwnerOf(_folder)?.Url);
        }

        ServiceLock.RefuseBeside(_folder);
        Assert.Null(ServiceLock.OwnerOf(_folder));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void OwnerOf_PlateOfAServiceThatDied_IsNobody()
    {
        File.WriteAllText(Path.Combine(_folder, ServiceLock.FileName), "");
        File.WriteAllText(Path.Combine(_folder, "serve.owner"), """{"pid":1,"url":"http://old","started_utc":"2026-01-01T00:00:00Z"}""");

        Assert.Null(ServiceLock.OwnerOf(_folder));
        using var taken = ServiceLock.Take(_folder, "http://new", TimeProvider.System);
        Assert.Equal("http://new", ServiceLock.OwnerOf(_folder)?.Url);
    }

    [Fact]
    public void RefuseBeside_OwnerWithoutAPlate_SaysThatItIsNotKnown()
    {
        using var taken = ServiceLock.Take(_folder, null, TimeProvider.System);
        File.WriteAllText(Path.Combine(_folder, "serve.owner"), "{");

        Assert.Contains("does not say who it is", Assert.Throws<HeldElsewhereException>(() => ServiceLock.RefuseBeside(_folder)).Message, StringComparison.Ordinal);
    }
}
