using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Jobs;

namespace MonozukuriTown.Core.Accounts;

/// <summary>Where people are signed in. Statements of their own, so that a page's unfinished work is not saved with them.</summary>
public sealed class DeviceSessions(TownDbContext db, TimeProvider clock)
{
    /// <summary>A cookie that nobody uses lives no longer.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    /// <param name="again">The session of this device that goes on, after a change of password; null for a new one.</param>
    public async Task<Guid> StartAsync(Guid user, string stamp, string? agent, Guid? again = null, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        if (again is { } id && await db.Database.ExecuteSqlAsync(
            $"update device_session set seen_at = {now}, stamp = {stamp} where id = {id} and user_id = {user}", cancellation) > 0)
        {
            return id;
        }
        id = Guid.CreateVersion7(now);
        await db.Database.ExecuteSqlAsync($"""
            insert into device_session (id, user_id, device, signed_in_at, seen_at, stamp) values ({id}, {user}, {DeviceWords.Of(agent)}, {now}, {now}, {stamp})
            """, cancellation);
        return id;
    }

    /// <summary>It is being used. False when it was ended.</summary>
    public async Task<bool> SeenAsync(Guid id, Guid user, CancellationToken cancellation = default) =>
        await db.Database.ExecuteSqlAsync($"update device_session set seen_at = {clock.GetUtcNow()} where id = {id} and user_id = {user}", cancellation) > 0;

    /// <summary>Those that are signed in, the last used first.</summary>
    public async Task<IReadOnlyList<DeviceSession>> OfAsync(Guid user, CancellationToken cancellation = default)
    {
        var since = clock.GetUtcNow() - Lifetime;
        return await db.Set<DeviceSession>().AsNoTracking()
            .Where(s => s.UserId == user && s.SeenAt > since && db.Users.Any(u => u.Id == user && u.SecurityStamp == s.Stamp))
            .OrderByDescending(s => s.SeenAt).ThenByDescending(s => s.Id).ToListAsync(cancellation);
    }

    /// <summary>Signs a device out. False when this person has none of that id.</summary>
    public async Task<bool> EndAsync(Guid user, Guid id, CancellationToken cancellation = default) =>
        await db.Database.ExecuteSqlAsync($"delete from device_session where id = {id} and user_id = {user}", cancellation) > 0;
}

/// <summary>What a browser calls itself, in two words.</summary>
public static class DeviceWords
{
    // In this order: each names those below it, too.
    private static readonly (string Part, string Word)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari")];

    private static readonly (string Part, string Word)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux")];

    public static string Of(string? agent)
    {
        string? Find((string Part, string Word)[] words) =>
            Array.Find(words, w => agent?.Contains(w.Part, StringComparison.Ordinal) == true).Word;
        return (Find(Browsers), Find(Systems)) switch
        {
            ({ } browser, { } system) => $"{browser}（{system}）",
            ({ } browser, null) => browser,
            (null, { } system) => system,
            _ => "種類のわからない端末",
        };
    }
}

/// <summary>Forgets devices whose cookies have run out.</summary>
public sealed class ForgetDevices(TownDbContext db, TimeProvider clock) : IJob
{
    public static string Kind => "devices.forget";

    public static string Title => "14日使われていない端末のログインの記録を消す";

    public static JobRound? Round => JobRound.Daily(new(3, 55));

    public Task RunAsync(DueJob job, CancellationToken cancellation)
    {
        var before = clock.GetUtcNow() - DeviceSessions.Lifetime;
        return db.Database.ExecuteSqlAsync($"delete from device_session where seen_at < {before}", cancellation);
    }
}
