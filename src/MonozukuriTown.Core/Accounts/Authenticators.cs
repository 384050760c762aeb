using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Core.Accounts;

/// <summary>Says whether a code is the authenticator's, once: a code that let somebody in lets nobody in again, nor does an older one.</summary>
public sealed class AuthenticatorCodes(TownDbContext db, TimeProvider clock) : IUserTwoFactorTokenProvider<TownUser>
{
    public Task<string> GenerateAsync(string purpose, UserManager<TownUser> manager, TownUser user) => Task.FromResult("");

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<TownUser> manager, TownUser user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 } key && await SpendAsync(user.Id, key, token);

    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<TownUser> manager, TownUser user) =>
        !string.IsNullOrEmpty(await manager.GetAuthenticatorKeyAsync(user));

    /// <summary>One statement, so that of two requests with the same code one is refused.</summary>
    public async Task<bool> SpendAsync(Guid user, string key, string code) =>
        Totp.StepOf(key, code, clock.GetUtcNow()) is { } step && await db.Database.ExecuteSqlAsync($"""
            insert into identity_user_tokens (user_id, login_provider, name, value) values ({user}, 'town', 'authenticator-step', {step}::bigint::text)
            on conflict (user_id, login_provider, name) do update set value = excluded.value where identity_user_tokens.value::bigint < excluded.value::bigint
            """) > 0;
}

/// <summary>The second step of signing in: an app's codes, and codes on paper for the day the telephone is lost.</summary>
public sealed class Authenticators(
    UserManager<TownUser> users, IUserStore<TownUser> store, AuthenticatorCodes codes, IDataProtectionProvider protection)
{
    public const int RecoveryCodes = 10;
    public const int CodeMax = 40;

    // No letters that are read as others.
    private const string Letters = "23456789abcdefghjkmnpqrstuvwxyz";
    private const int RecoveryLength = 12;
    private static readonly TimeSpan SetUpWithin = TimeSpan.FromHours(1);

    /// <summary>A key on offer travels with the form until a code proves it, so that opening the page changes nothing.</summary>
    public string Seal(TownUser user, string key) => Protector(user).Protect(key, SetUpWithin);

    /// <summary>Null: too late, or not this person's.</summary>
    public string? Unseal(TownUser user, string? seal)
    {
        try
        {
            return string.IsNullOrEmpty(seal) ? null : Protector(user).Unprotect(seal);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>As it is compared: typed in full width, with blanks or dashes it is the same code.</summary>
    public static string Typed(string? code) =>
        string.Concat((code ?? "").Normalize(NormalizationForm.FormKC).Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    public static bool IsRecovery(string typed) => typed.Length == RecoveryLength;

    /// <summary>From now on signing in takes a code; every other device is signed out. Null: the code is not the key's.</summary>
    public async Task<IReadOnlyList<string>?> TurnOnAsync(TownUser user, string key, string code, CancellationToken cancellation = default)
    {
        if (!await codes.SpendAsync(user.Id, key, code))
            return null;
        await ((IUserAuthenticatorKeyStore<TownUser>)store).SetAuthenticatorKeyAsync(user, key, cancellation);
        var paper = await FillAsync(user, cancellation);
        Check(await users.SetTwoFactorEnabledAsync(user, true));
        return paper;
    }

    /// <summary>Ten new codes; the old ones end. They are kept as hashes and can't be shown again.</summary>
    public async Task<IReadOnlyList<string>> RenewAsync(TownUser user, CancellationToken cancellation = default)
    {
        var paper = await FillAsync(user, cancellation);
        Check(await users.UpdateAsync(user));
        return paper;
    }

    /// <summary>The password alone is enough again; every other device is signed out.</summary>
    public async Task TurnOffAsync(TownUser user, CancellationToken cancellation = default)
    {
        await ClearAsync(user, cancellation);
        Check(await users.SetTwoFactorEnabledAsync(user, false));
    }

    /// <summary>Forgets key and codes; whoever asks saves the account.</summary>
    public async Task ClearAsync(TownUser user, CancellationToken cancellation = default)
    {
        user.TwoFactorEnabled = false;
        await ((IUserAuthenticatorKeyStore<TownUser>)store).SetAuthenticatorKeyAsync(user, "", cancellation);
        await ((IUserTwoFactorRecoveryCodeStore<TownUser>)store).ReplaceCodesAsync(user, [], cancellation);
    }

    /// <summary>What is kept of a recovery code.</summary>
    public static string Kept(TownUser user, string typed) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{user.Id}/{typed}")));

    private async Task<IReadOnlyList<string>> FillAsync(TownUser user, CancellationToken cancellation)
    {
        var fresh = Enumerable.Range(0, RecoveryCodes).Select(_ => RandomNumberGenerator.GetString(Letters, RecoveryLength)).ToList();
        await ((IUserTwoFactorRecoveryCodeStore<TownUser>)store).ReplaceCodesAsync(user, fresh.Select(c => Kept(user, c)), cancellation);
        return [.. fresh.Select(c => $"{c[..4]}-{c[4..8]}-{c[8..]}")];
    }

    private ITimeLimitedDataProtector Protector(TownUser user) =>
        protection.CreateProtector("authenticator", user.Id.ToString(), user.SecurityStamp ?? "").ToTimeLimitedDataProtector();

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new DbUpdateConcurrencyException(result.Errors.First().Description);
    }
}
