using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Links;

public sealed class MailedLinksTests(TestDatabase database) : IClassFixture<TestDatabase>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("town-key-").FullName;
    private readonly TestClock clock = new();

    private LinkKey Key => LinkKey.Load(Path.Combine(folder, "links.key"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<string> MakeAsync(LinkPurpose purpose, string subject, TimeSpan? lifetime)
    {
        await using var db = database.Open();
        var link = new MailedLinks(db, Key, clock).Add(purpose, subject, lifetime);
        await db.SaveChangesAsync();
        return Key.Token(purpose, link.Id);
    }

    [Fact]
    public async Task Find_OwnLink_UntilItExpires()
    {
        var token = await MakeAsync(LinkPurpose.EventReply, "event/1", TimeSpan.FromHours(1));
        await using var db = database.Open();
        var links = new MailedLinks(db, Key, clock);
        Assert.Equal("event/1", (await links.FindAsync(LinkPurpose.EventReply, token, TestContext.Current.CancellationToken))!.Subject);
        Assert.Null(await links.FindAsync(LinkPurpose.RollCall, token, TestContext.Current.CancellationToken));
        Assert.Null(await links.FindAsync(LinkPurpose.EventReply, Key.Token(LinkPurpose.EventReply, 999_999_999), TestContext.Current.CancellationToken));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await links.FindAsync(LinkPurpose.EventReply, token, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Find_LeaveLink_WorksAfterTenYears()
    {
        var token = await MakeAsync(LinkPurpose.Leave, "person/1", lifetime: null);
        clock.Advance(TimeSpan.FromDays(3653));
        await using var db = database.Open();
        Assert.NotNull(await new MailedLinks(db, Key, clock).FindAsync(LinkPurpose.Leave, token, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Use_ByTwoAtTheSameMoment_OneWins()
    {
        var token = await MakeAsync(LinkPurpose.PasswordReset, "user/1", TimeSpan.FromHours(1));
        await using var first = database.Open();
        await using var second = database.Open();
        foreach (var db in new[] { first, second })
        {
            var links = new MailedLinks(db, Key, clock);
            links.Use((await links.FindAsync(LinkPurpose.PasswordReset, token, TestContext.Current.CancellationToken))!);
        }
        await first.SaveChangesAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task End_OlderLinksOfTheSameThing_OpenNothingMore()
    {
        var mine = await MakeAsync(LinkPurpose.PasswordReset, "user/2", TimeSpan.FromHours(1));
        var others = await MakeAsync(LinkPurpose.PasswordReset, "user/3", TimeSpan.FromHours(1));
        await using var db = database.Open();
        var links = new MailedLinks(db, Key, clock);
        await links.EndAsync(LinkPurpose.PasswordReset, "user/2", TestContext.Current.CancellationToken);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        Assert.Null(await links.FindAsync(LinkPurpose.PasswordReset, mine, TestContext.Current.CancellationToken));
        Assert.NotNull(await links.FindAsync(LinkPurpose.PasswordReset, others, TestContext.Current.CancellationToken));
    }
}
