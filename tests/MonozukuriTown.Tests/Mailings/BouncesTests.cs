using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Mailings;

public sealed class BouncesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly SemaphoreSlim Numbers = new(1);
    private static int number;
    private readonly TestClock clock = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private MailHouse House(Dictionary<string, string?>? settings = null) =>
        new(database, new ScriptedTransport(), settings, services => services.AddSingleton<TimeProvider>(clock));

    private async Task<OutgoingMail> SentAsync(string address)
    {
        await Numbers.WaitAsync(Stop);
        var subject = (++number).ToString(CultureInfo.InvariantCulture);
        Numbers.Release();
        return await database.Data.Add(new OutgoingMail
        {
            Lane = MailLane.Mailing,
            State = MailState.Sent,
            Kind = "bounce.test",
            Subject = subject,
            List = MailList.Newsletter,
            Address = address,
            AddressKey = address.ToLowerInvariant(),
            RecipientName = "株式会社研磨 山田",
            Body = new MailBody { Title = "件名", Text = "", CreatedAt = clock.GetUtcNow() },
            CreatedAt = clock.GetUtcNow(),
        });
    }

    private static string Report(string to, string status, string words, string? messageId = null, string action = "failed") => $"""
        Return-Path: <>
        From: MAILER-DAEMON@mx.example.jp
        To: {to}
        Subject: Undelivered Mail Returned to Sender
        Message-ID: <{messageId ?? Guid.NewGuid().ToString("N")}@mx.example.jp>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain; charset=us-ascii

        I am sorry.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.jp

        Final-Recipient: rfc822; somebody.else@example.com
        Action: {action}
        Status: {status}
        Diagnostic-Code: smtp; {words}

        --b--
        """.ReplaceLineEndings("\r\n");

    private static async Task<BounceOutcome> TakeAsync(MailHouse house, string message)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(message));
        return await house.InScope(services => services.GetRequiredService<Bounces>().TakeAsync(stream, Stop));
    }

    private static string ReturnPath(MailHouse house, OutgoingMail mail) => house.Get<MailComposer>().ReturnPath(mail.Id).Value;

    private async Task<List<Suppression>> StoppedAsync(string address)
    {
        await using var db = database.Open();
        return await db.Set<Suppression>().Where(s => s.AddressKey == address && s.LiftedAt == null).ToListAsync(Stop);
    }

    [Fact]
    public async Task Take_ReportWithTwentyFiveMegabytesBehind_IsUnderstoodAndReadToItsEnd()
    {
        await using var house = House();
        var mail = await SentAsync("heavy@kenma.example.jp");
        var report = Encoding.UTF8.GetBytes(Report(ReturnPath(house, mail), "5.1.1", "550 no such user"));
        using var stream = new MemoryStream([.. report, .. new byte[25_000_000]]);
        Assert.Equal(BounceOutcome.Suppressed, await house.InScope(services => services.GetRequiredService<Bounces>().TakeAsync(stream, Stop)));
        Assert.Equal(stream.Length, stream.Position);
    }

    [Fact]
    public async Task Take_DeadAddress_StopsMailingsAndAsksForACall()
    {
        await using var house = House();
        var company = await database.Data.Company(c => c.Listed().Set(x => (x.Email, x.Tel) = ("Dead@Kenma.example.jp", "06-1234-5678")));
        var mail = await SentAsync("Dead@kenma.example.jp");
        Assert.Equal(BounceOutcome.Suppressed, await TakeAsync(house, Report(ReturnPath(house, mail), "5.1.1", "550 5.1.1 User unknown")));
        var stopped = Assert.Single(await StoppedAsync("dead@kenma.example.jp"));
        Assert.Equal((null, SuppressionReason.Bounced, MailWay.Report), (stopped.List, stopped.Reason, stopped.Way));
        Assert.Contains("User unknown", stopped.Note, StringComparison.Ordinal);
        await using var db = database.Open();
        var work = await db.WorkItems.SingleAsync(w => w.Kind == DeadAddressWork.Kind && w.CompanyId == company.Id, Stop);
        Assert.Equal("この会社に電話：メールが届きません。いま使っているアドレスを聞いてください。", work.Reason);
        Assert.Equal($"/staff/mailbox/mails/{mail.Id}", work.Link);
        Assert.Equal(clock.GetUtcNow(), (await db.Set<Bounce>().SingleAsync(b => b.MailId == mail.Id, Stop)).At);
        // What the report says of other people's addresses is a stranger's word.
        Assert.False(await db.Set<Suppression>().AnyAsync(s => s.AddressKey == "somebody.else@example.com", Stop));

        // The company has told its new address: lifted on record, the row of today's work is gone.
        Assert.True(await house.InScope(services => services.GetRequiredService<Suppressions>().LiftAsync(stopped.Id, MailWay.Phone, "山田様より、使えるようになった", Stop)));
        Assert.False(await house.InScope(services => services.GetRequiredService<Suppressions>().LiftAsync(stopped.Id, MailWay.Phone, "二度目", Stop)));
        await using var after = database.Open();
        Assert.NotNull((await after.WorkItems.SingleAsync(w => w.Id == work.Id, Stop)).ClosedAt);
        var lifted = await after.Set<Suppression>().SingleAsync(s => s.Id == stopped.Id, Stop);
        Assert.Equal((MailWay.Phone, "山田様より、使えるようになった"), (lifted.LiftWay, lifted.LiftNote));
    }

    [Fact]
    public async Task Take_AddressOfNoCompany_NamesThePersonInTodaysWork()
    {
        await using var house = House();
        var mail = await SentAsync("nobody@kenma.example.jp");
        await TakeAsync(house, Report(ReturnPath(house, mail), "5.1.1", "550 no such user"));
        await using var db = database.Open();
        Assert.Contains("株式会社研磨 山田 様にメールが届きません", (await db.WorkItems.SingleAsync(w => w.Subject == $"mail/{mail.Id}", Stop)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Take_TransientOnes_CountByMailWithinTheirTimeAndThenStop()
    {
        await using var house = House(new() { ["Mail:BouncesMax"] = "3", ["Mail:BounceDays"] = "30" });
        async Task<BounceOutcome> FullAsync() =>
            await TakeAsync(house, Report(ReturnPath(house, await SentAsync("full@kenma.example.jp")), "4.2.2", "452 4.2.2 mailbox full"));

        var old = await SentAsync("full@kenma.example.jp");
        Assert.Equal(BounceOutcome.Counted, await TakeAsync(house, Report(ReturnPath(house, old), "4.2.2", "452 mailbox full")));
        // Two reports about one mail are one mail that did not arrive.
        Assert.Equal(BounceOutcome.Counted, await TakeAsync(house, Report(ReturnPath(house, old), "4.2.2", "452 mailbox full, still")));
        clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(BounceOutcome.Counted, await FullAsync());
        Assert.Equal(BounceOutcome.Counted, await FullAsync());
        Assert.Empty(await StoppedAsync("full@kenma.example.jp"));
        Assert.Equal(BounceOutcome.Suppressed, await FullAsync());
        var stopped = Assert.Single(await StoppedAsync("full@kenma.example.jp"));

        // Lifted by a person: counting begins anew, the next one does not stop it at once.
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await house.InScope(services => services.GetRequiredService<Suppressions>().LiftAsync(stopped.Id, MailWay.Phone, "受信箱を空けた", Stop)));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(BounceOutcome.Counted, await FullAsync());
    }

    [Fact]
    public async Task Take_TheSameReportAgain_IsTakenOnce()
    {
        await using var house = House();
        var mail = await SentAsync("again@kenma.example.jp");
        var report = Report(ReturnPath(house, mail), "5.1.1", "550 5.1.1 User unknown", messageId: "same");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TakeAsync(house, report)));
        Assert.Single(outcomes, BounceOutcome.Suppressed);
        Assert.Equal(3, outcomes.Count(o => o == BounceOutcome.KnownAlready));
        Assert.Single(await StoppedAsync("again@kenma.example.jp"));
    }

    [Fact]
    public async Task Take_ReportWithoutOurReturnPath_CountsForNothingAndSaysNothingPersonal()
    {
        await using var house = House();
        var mail = await SentAsync("victim@kenma.example.jp");
        var good = ReturnPath(house, mail);
        var forged = good.Replace(good[^18..^16], good[^18] == 'a' ? "b0" : "a0", StringComparison.Ordinal);
        foreach (var to in new[] { "bounce@mail.example.jp", $"bounce+{mail.Id}@mail.example.jp", good[..20] + "0000" + good[24..], "town@mail.example.jp" })
            Assert.Equal(BounceOutcome.NotOurs, await TakeAsync(house, Report(to, "5.1.1", "550 victim@kenma.example.jp unknown")));
        Assert.Empty(await StoppedAsync("victim@kenma.example.jp"));
        Assert.Contains(house.Logs.Lines, line => line.Contains("names no mail of ours", StringComparison.Ordinal));
        Assert.DoesNotContain(house.Logs.Lines, line => line.Contains("victim", StringComparison.Ordinal) || line.Contains("example.jp", StringComparison.Ordinal));
        Assert.NotEqual(good, forged);
    }

    [Fact]
    public async Task Take_AbsenceNotesDelaysAndLetters_DoNothing()
    {
        await using var house = House();
        var mail = await SentAsync("away@kenma.example.jp");
        var path = ReturnPath(house, mail);
        Assert.Equal(BounceOutcome.NothingToDo, await TakeAsync(house, $"From: a@example.jp\r\nTo: {path}\r\nSubject: =?UTF-8?B?5LiN5Zyo?=\r\nAuto-Submitted: auto-replied\r\n\r\nuser unknown\r\n"));
        Assert.Equal(BounceOutcome.NothingToDo, await TakeAsync(house, $"From: a@example.jp\r\nTo: {path}\r\nSubject: Re: hello\r\n\r\nThank you.\r\n"));
        Assert.Equal(BounceOutcome.NothingToDo, await TakeAsync(house, Report(path, "4.4.1", "connection timed out", action: "delayed")));
        Assert.Equal(BounceOutcome.NothingToDo, await TakeAsync(house, ""));
        Assert.Empty(await StoppedAsync("away@kenma.example.jp"));
    }

    [Fact]
    public async Task Take_Complaint_StopsEveryListAndIsTheirsToTakeBack()
    {
        await using var house = House();
        var mail = await SentAsync("angry@kenma.example.jp");
        var report = $"""
            From: fbl@example.com
            To: {ReturnPath(house, mail)}
            Message-ID: <fbl1@example.com>
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=feedback-report; boundary="b"

            --b
            Content-Type: text/plain

            abuse
            --b
            Content-Type: message/feedback-report

            Feedback-Type: abuse
            User-Agent: test/1
            Version: 1

            --b--
            """.ReplaceLineEndings("\r\n");
        Assert.Equal(BounceOutcome.Suppressed, await TakeAsync(house, report));
        Assert.Equal(SuppressionReason.Complained, Assert.Single(await StoppedAsync("angry@kenma.example.jp")).Reason);
        await using var db = database.Open();
        Assert.False((await db.Set<Consent>().SingleAsync(c => c.AddressKey == "angry@kenma.example.jp", Stop)).Given);
    }

    [Fact]
    public async Task Watch_Maildir_TakesNewAndMovesItEvenWhenItWasTakenBefore()
    {
        var maildir = Directory.CreateTempSubdirectory("town-bounces-").FullName;
        var fresh = Directory.CreateDirectory(Path.Combine(maildir, "new")).FullName;
        await using var house = House(new() { ["Mail:BounceMaildir"] = maildir });
        var mail = await SentAsync("maildir@kenma.example.jp");
        var report = Report(ReturnPath(house, mail), "5.1.1", "550 5.1.1 User unknown");
        await File.WriteAllTextAsync(Path.Combine(fresh, "1.a.host"), report, Stop);
        await File.WriteAllTextAsync(Path.Combine(fresh, "2.b.host"), "no mail at all", Stop);
        Assert.Equal(2, await house.Get<BounceWatcher>().LookAsync(Stop));
        Assert.Single(await StoppedAsync("maildir@kenma.example.jp"));
        Assert.Empty(Directory.GetFiles(fresh));
        Assert.Equal(["1.a.host:2,S", "2.b.host:2,S"], Directory.GetFiles(Path.Combine(maildir, "cur")).Select(Path.GetFileName).Order());

        // Killed between the commit and the move: it lies there again.
        await File.WriteAllTextAsync(Path.Combine(fresh, "1.a.host"), report, Stop);
        Assert.Equal(1, await house.Get<BounceWatcher>().LookAsync(Stop));
        await using var db = database.Open();
        Assert.Equal(1, await db.Set<Bounce>().CountAsync(b => b.MailId == mail.Id, Stop));
        Directory.Delete(maildir, recursive: true);
    }

    [Fact]
    public async Task Watch_FileThatCannotBeRead_KeepsNobodyElsesWaiting()
    {
        var maildir = Directory.CreateTempSubdirectory("town-bounces-").FullName;
        var fresh = Directory.CreateDirectory(Path.Combine(maildir, "new")).FullName;
        await using var house = House(new() { ["Mail:BounceMaildir"] = maildir });
        var mail = await SentAsync("behind@kenma.example.jp");
        // A link that leads to itself: not even root reads it.
        File.CreateSymbolicLink(Path.Combine(fresh, "1.loop"), Path.Combine(fresh, "1.loop"));
        await File.WriteAllTextAsync(Path.Combine(fresh, "2.a.host"), Report(ReturnPath(house, mail), "5.1.1", "550 5.1.1 User unknown"), Stop);
        await Assert.ThrowsAsync<IOException>(() => house.Get<BounceWatcher>().LookAsync(Stop));
        Assert.Single(await StoppedAsync("behind@kenma.example.jp"));
        Assert.Equal(["1.loop"], Directory.GetFiles(fresh).Select(Path.GetFileName));
        Directory.Delete(maildir, recursive: true);
    }

    [Fact]
    public async Task Watch_MaildirThatIsNotThere_SaysSoOnceAndGoesOnWhenItComes()
    {
        var maildir = Path.Combine(Path.GetTempPath(), $"town-none-{Guid.NewGuid():N}");
        await using var house = House(new() { ["Mail:BounceMaildir"] = maildir });
        await Assert.ThrowsAnyAsync<IOException>(() => house.Get<BounceWatcher>().LookAsync(Stop));
        Directory.CreateDirectory(Path.Combine(maildir, "new"));
        Assert.Equal(0, await house.Get<BounceWatcher>().LookAsync(Stop));
        Directory.Delete(maildir, recursive: true);
    }
}
