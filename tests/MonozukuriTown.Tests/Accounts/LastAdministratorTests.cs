using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Accounts;

/// <summary>A town that has two administrators and no more.</summary>
public class LastAdministratorTests(TownApp app) : IClassFixture<TownApp>
{
    private static readonly Dictionary<string, Func<AccountService, TownUser, Task<IdentityResult>>> Ways = new(StringComparer.Ordinal)
    {
        ["lock"] = (accounts, user) => accounts.LockAsync(user),
        ["role"] = (accounts, user) => accounts.SetRoleAsync(user, Roles.City),
    };

    private async Task<IdentityResult> Do(TownUser user, Func<AccountService, TownUser, Task<IdentityResult>> change)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var read = await scope.ServiceProvider.GetRequiredService<UserManager<TownUser>>().FindByIdAsync(user.Id.ToString());
        return await change(scope.ServiceProvider.GetRequiredService<AccountService>(), read!);
    }

    [Theory]
    [InlineData("lock", "lock")]
    [InlineData("role", "role")]
    [InlineData("lock", "role")]
    public async Task TwoWhoShutEachOtherOut_OneStays(string one, string other)
    {
        TownUser[] admins = [await app.NewUser(Roles.Admin), await app.NewUser(Roles.Admin)];
        var results = await Task.WhenAll(Do(admins[0], Ways[one]), Do(admins[1], Ways[other]));
        var refused = Assert.Single(results, r => !r.Succeeded);
        Assert.Contains("ログインできる管理者がいません", refused.Errors.Single().Description, StringComparison.Ordinal);
        // One was let stay; who is no administrator can always be shut out, and the last one once another is named.
        var left = admins[results[0].Succeeded ? 1 : 0];
        Assert.True((await Do(await app.NewUser(Roles.City), Ways["lock"])).Succeeded);
        Assert.False((await Do(left, Ways["role"])).Succeeded);
        var next = await app.NewUser(Roles.Admin);
        Assert.True((await Do(left, Ways["lock"])).Succeeded);
        // The next two are to be alone again.
        Assert.True(await app.Use<UserManager<TownUser>, bool>(async users => (await users.DeleteAsync((await users.FindByIdAsync(next.Id.ToString()))!)).Succeeded));
    }
}
