using CyclerControl.Client.Security;
using CyclerControl.Service.Answers;
using CyclerControl.Service.Security;
using CyclerControl.Service.Tests.Runs;

namespace CyclerControl.Service.Tests.Security;

public sealed class TokenStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    private string Tokens => Path.Combine(_folder.Path, "tokens.json");

    private string AdminToken => File.ReadAllText(Path.Combine(_folder.Path, "admin.token")).Trim();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_TheFirstTime_MakesAnAdministratorOf256Bits()
    {
        using var store = Open();

        Assert.Equal(Path.Combine(_folder.Path, "admin.token"), store.NewAdminTokenFile);
        Assert.Matches("^cyc_[A-Za-z0-9_-]{43}$", AdminToken);
        Assert.Equal(new Identified("admin", Role.Admin), store.Find(AdminToken));
        Assert.False(store.HasNamedUser);
    }

    [Fact]
    public void Open_Files_CanBeReadByTheirOwnerOnlyAndHoldNoToken()
    {
        using var store = Open();
        store.Add("anna", "operator");

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Tokens));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.Path, "admin.token")));
        }

        Assert.DoesNotContain(AdminToken, File.ReadAllText(Tokens), StringComparison.Ordinal);
        Assert.Contains(AdminToken[..8], File.ReadAllText(Tokens), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TheSecondTime_KnowsEverybodyAndMakesNobody()
    {
        string anna;
        using (var first = Open())
        {
            anna = first.Add("anna", "operator").Value!.Token;
        }

        var before = AdminToken;
        using var store = Open();

        Assert.Null(store.NewAdminTokenFile);
        Assert.Equal(before, AdminToken);
        Assert.Equal(new Identified("anna", Role.Operator), store.Find(anna));
        Assert.True(store.HasNamedUser);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[null]")]
    [InlineData("""[{"name":"a","role":"admin","prefix":"cyc_","sha256":"xyz","created_utc":"2026-01-01T00:00:00Z","last_used_utc":null}]""")]
    [InlineData("""[{"name":"a","role":"god","prefix":"cyc_","sha256":"00","created_utc":"2026-01-01T00:00:00Z","last_used_utc":null}]""")]
    public void Open_BrokenFile_IsRefusedAndLeftAlone(string text)
    {
        File.WriteAllText(Tokens, text);

        var refused = Assert.Throws<InvalidDataException>(Open);

        Assert.Contains(Tokens, refused.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(Tokens));
    }

    [Fact]
    public void Revoke_Token_OpensNothingAnyMore()
    {
        using var store = Open();
        var anna = store.Add("anna", "engineer").Value!.Token;

        Assert.Equal("anna", store.Revoke("anna").Value!.Name);

        Assert.Null(store.Find(anna));
        using var again = Open();
        Assert.Null(again.Find(anna));
    }

    [Fact]
    public void Revoke_LastAdministratorOrNobody_IsRefused()
    {
        using var store = Open();
        store.Add("anna", "engineer");

        Assert.Equal(RefusalKind.Conflict, store.Revoke("admin").Refusal!.Kind);
        Assert.Equal(RefusalKind.NotFound, store.Revoke("bob").Refusal!.Kind);
        store.Add("root", "admin");
        Assert.Null(store.Revoke("admin").Refusal);
    }

    [Theory]
    [InlineData("anna", "operator", RefusalKind.Conflict)]
    [InlineData("ANNA", "operator", RefusalKind.Conflict)]
    [InlineData("", "operator", RefusalKind.Invalid)]
    [InlineData("../anna", "operator", RefusalKind.Invalid)]
    [InlineData("an na", "operator", RefusalKind.Invalid)]
    [InlineData("bob", "root", RefusalKind.Invalid)]
    [InlineData("bob", "Admin", RefusalKind.Invalid)]
    public void Add_WhatCannotBe_IsRefused(string name, string role, RefusalKind kind)
    {
        using var store = Open();
        store.Add("anna", "viewer");

        Assert.Equal(kind, store.Add(name, role).Refusal!.Kind);
    }

    [Fact]
    public void Find_Use_IsRememberedAcrossRestarts()
    {
        using (var store = Open())
        {
            _time.Pass(TimeSpan.FromHours(1));
            store.Find(AdminToken);
        }

        using var again = Open();
        Assert.Equal(_time.GetUtcNow(), Assert.Single(again.All).LastUsedUtc);
    }

    private TokenStore Open() => TokenStore.Open(_folder.Path, _time);
}
