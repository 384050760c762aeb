using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Pages.U;

public sealed class LeaveTests(TownApp app) : IClassFixture<TownApp>
{
    private const string OneClickBody = "List-Unsubscribe=One-Click";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<(string Address, string Path)> LinkAsync(string list = MailList.Newsletter)
    {
        var address = $"leaver{app.Data.Next()}@kenma.example.jp";
        var link = await app.Data.Add(new MailedLink { Purpose = LinkPurpose.Leave, Subject = LeaveSubject.Of(list, address), CreatedAt = app.Clock.GetUtcNow() });
        return (address, "/u/" + app.Services.GetRequiredService<LinkKey>().Token(LinkPurpose.Leave, link.Id));
    }

    private async Task<List<Suppression>> OpenAsync(string address)
    {
        await using var db = app.Database.Open();
        return await db.Set<Suppression>().Where(s => s.AddressKey == address && s.LiftedAt == null).OrderBy(s => s.Id).ToListAsync(Stop);
    }

    /// <summary>As a mail program does it: no cookie, no token of a form, no page seen before.</summary>
    private async Task<TestPage> OneClickAsync(string path)
    {
        using var client = app.CreateDefaultClient(app.ClientOptions.BaseAddress);
        using var content = new StringContent(OneClickBody, null, "application/x-www-form-urlencoded");
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content, Stop);
        return new TestPage(client, answer, await answer.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task Get_HoweverOften_ChangesNothing()
    {
        var (address, path) = await LinkAsync();
        var visitor = app.Visitor();
        var page = await visitor.Open(path);
        using var head = await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), Stop);
        await visitor.Open(path + "?handler=all");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("le…@kenma.example.jp にお送りしている「メールマガジン」の配信を止めます。", page.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain(address, page.Body, StringComparison.Ordinal);
        Assert.Equal("no-referrer", page.Response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("no-store", page.Response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Empty(await OpenAsync(address));
    }

    [Fact]
    public async Task OneClick_Twice_IsTheSameAnswerWithoutCookieOrRedirect()
    {
        var (address, path) = await LinkAsync();
        var first = await OneClickAsync(path);
        var second = await OneClickAsync(path);
        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.Equal(first.Text(), second.Text());
        Assert.False(first.Response.Headers.Contains("Set-Cookie"));
        var left = Assert.Single(await OpenAsync(address));
        Assert.Equal((MailList.Newsletter, SuppressionReason.Left, MailWay.OneClick), (left.List, left.Reason, left.Way));
    }

    [Fact]
    public async Task OneClick_ManyAtTheSameMoment_IsOneRowAndEveryAnswerIsGood()
    {
        var (address, path) = await LinkAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OneClickAsync(path)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Single(await OpenAsync(address));
    }

    [Fact]
    public async Task Leave_ThenTakeBack_IsSaidInWordsAndKeptOnRecord()
    {
        var (address, path) = await LinkAsync(MailList.Events);
        var visitor = app.Visitor();
        var left = await (await visitor.Open(path)).Submit("main form:not([action*=handler])");
        Assert.Contains("これから「定例会・催しのお知らせ」をお送りしません。", left.Text(".notice"), StringComparison.Ordinal);
        Assert.Single(await OpenAsync(address));

        var back = await left.Submit("main form[action*=back]");
        Assert.Contains("元に戻しました。これからも「定例会・催しのお知らせ」をお送りします。", back.Text(".notice"), StringComparison.Ordinal);
        Assert.Empty(await OpenAsync(address));
        Assert.Contains("元に戻しました", (await left.Submit("main form[action*=back]")).Text(), StringComparison.Ordinal);

        await using var db = app.Database.Open();
        var record = await db.Set<Consent>().Where(c => c.AddressKey == address).OrderBy(c => c.Id).ToListAsync(Stop);
        Assert.Equal([false, true], record.Select(c => c.Given));
        Assert.All(record, line => Assert.Equal((MailList.Events, MailWay.Link), (line.List, line.Way)));
        Assert.Contains("の配信を止める", record[0].Wording, StringComparison.Ordinal);
        var kept = await db.Set<Suppression>().SingleAsync(s => s.AddressKey == address, Stop);
        Assert.Equal((MailWay.Link, app.Clock.GetUtcNow()), (kept.LiftWay, kept.LiftedAt));
    }

    [Fact]
    public async Task LeaveAll_ThenTakeBack_LeavesTheListsOwnRowAlone()
    {
        var (address, path) = await LinkAsync();
        var visitor = app.Visitor();
        await (await visitor.Open(path)).Submit("main form:not([action*=handler])");
        var all = await (await visitor.Open(path)).Submit("main form[action*=all]");
        Assert.Contains("メールマガジンやお知らせをお送りしません", all.Text(".notice"), StringComparison.Ordinal);
        Assert.Equal([MailList.Newsletter, null], (await OpenAsync(address)).Select(s => s.List));
        // It promises no more than there will be.
        Assert.DoesNotContain("これからも", (await all.Submit("main form[action*=back]")).Text(), StringComparison.Ordinal);
        Assert.Equal([MailList.Newsletter], (await OpenAsync(address)).Select(s => s.List));
    }

    [Fact]
    public async Task TakeBack_WhatStaffOrABounceStopped_StaysStopped()
    {
        var (address, path) = await LinkAsync();
        await app.Data.Add(new Suppression { AddressKey = address, Reason = SuppressionReason.Asked, Way = MailWay.Phone, Since = app.Clock.GetUtcNow() });
        var page = await app.Visitor().Open(path);
        Assert.Contains("すでに止まっています", page.Text(), StringComparison.Ordinal);
        await OneClickAsync(path);
        using var content = new FormUrlEncodedContent([]);
        var answer = await app.Visitor().PostAsync(new Uri(path + "?handler=back", UriKind.Relative), content, Stop);
        Assert.DoesNotContain("これからも", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(SuppressionReason.Asked, Assert.Single(await OpenAsync(address)).Reason);
    }

    [Theory]
    [InlineData("AAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("x")]
    public async Task Open_LinkThatIsNone_SaysWhatToDo(string token)
    {
        var page = await app.Visitor().Open("/u/" + token);
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains("お電話でも承ります", page.Text(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await OneClickAsync("/u/" + token)).Status);
    }

    [Fact]
    public async Task Open_LinkOfAnotherPurpose_IsNone()
    {
        var link = await app.Data.Add(new MailedLink { Purpose = LinkPurpose.GuestOrder, Subject = "newsletter/x@example.jp", CreatedAt = app.Clock.GetUtcNow() });
        var token = app.Services.GetRequiredService<LinkKey>().Token(LinkPurpose.GuestOrder, link.Id);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().Open("/u/" + token)).Status);
    }
}
