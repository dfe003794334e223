using CyclerControl.Client;
using CyclerControl.Client.Problems;
using CyclerControl.Service.Configuration;
using CyclerControl.Service.Tests.Security;
using Microsoft.Extensions.DependencyInjection;

namespace CyclerControl.Service.Tests.Web;

/// <summary>The station and the service itself over HTTP.</summary>
public sealed class StationApiTests
{
    private static readonly EffectiveConfiguration s_configuration = new(
    [
        new(new Setting("data", "./cycler-data", "Data folder."), "/srv/cycler", "command line"),
        new(new Setting("certificate_password", null, "Password.", IsSecret: true), "open sesame", "environment"),
        new(new Setting("notifications:mail:password", null, "Password.", IsSecret: true), null, "default"),
    ]);

    [Fact]
    public async Task Configuration_ForAnAdministrator_SaysWhereEachValueComesFromAndNoSecret()
    {
        await using var door = await DoorBench.StartAsync(add: services => services.AddSingleton(s_configuration));
        using var client = new CyclerClient(door.Url, door.Admin);

        Assert.Equal(
            [new("data", "/srv/cycler", "command line"), new("certificate_password", "***", "environment"), new("notifications:mail:password", null, "default")],
            await client.ConfigurationAsync());
    }

    [Theory]
    [InlineData("viewer")]
    [InlineData("engineer")]
    public async Task Configuration_ForOthers_IsRefused(string role)
    {
        await using var door = await DoorBench.StartAsync(add: services => services.AddSingleton(s_configuration));
        using var client = new CyclerClient(door.Url, door.TokenOf(role));

        Assert.Equal(403, (await Assert.ThrowsAsync<ApiException>(() => client.ConfigurationAsync())).Status);
    }
}
