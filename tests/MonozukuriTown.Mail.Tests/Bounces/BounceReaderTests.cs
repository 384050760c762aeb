using System.Text;
using MonozukuriTown.Mail.Bounces;

namespace MonozukuriTown.Mail.Tests.Bounces;

public class BounceReaderTests
{
    private static BounceReport Read(string text) => BounceReader.Read(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")));

    [Fact]
    public void Read_ReportOfOneFailure_SaysWhoWhyAndWhichMail()
    {
        var report = Read("""
            Return-Path: <>
            Delivered-To: bounce+0000000000007aaaabbbbccccddddeeee@mail.example.jp
            From: MAILER-DAEMON@relay.example.jp (Mail Delivery System)
            Subject: Undelivered Mail Returned to Sender
            To: bounce+0000000000007aaaabbbbccccddddeeee@mail.example.jp
            Auto-Submitted: auto-replied
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: text/plain

            This is the mail system at host relay.example.jp.

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; relay.example.jp
            X-Postfix-Sender: rfc822; bounce+0000000000007aaaabbbbccccddddeeee@mail.example.jp

            Final-Recipient: rfc822; yamada@kenma.example.jp
            Original-Recipient: rfc822;yamada@kenma.example.jp
            Action: failed
            Status: 5.1.1
            Remote-MTA: dns; mx.kenma.example.jp
            Diagnostic-Code: smtp; 550 5.1.1 <yamada@kenma.example.jp>: Recipient address
                rejected: User unknown in local recipient table

            --b
            Content-Type: text/rfc822-headers

            Return-Path: <bounce+0000000000007aaaabbbbccccddddeeee@mail.example.jp>
            Message-ID: <7.aaaa@mail.example.jp>
            Subject: x
            --b--
            """);
        Assert.Equal(BounceKind.Failed, report.Kind);
        var recipient = Assert.Single(report.Recipients);
        Assert.Equal(new("yamada@kenma.example.jp", BounceKind.Failed, "failed", "5.1.1", BounceReason.NoMailbox, "550 5.1.1 <yamada@kenma.example.jp>: Recipient address rejected: User unknown in local recipient table"), recipient);
        Assert.True(recipient.AddressIsDead);
        Assert.Equal("<7.aaaa@mail.example.jp>", report.OriginalMessageId);
        Assert.Equal("relay.example.jp", report.Reporter);
        Assert.Equal("bounce+0000000000007aaaabbbbccccddddeeee@mail.example.jp", report.Addresses[0]);
        Assert.False(report.Truncated);
    }

    [Fact]
    public void Read_Complaint_IsOne()
    {
        var report = Read("""
            From: <abusedesk@example.com>
            Subject: FW: earn money
            To: <abuse@example.net>
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=feedback-report; boundary="b"

            --b
            Content-Type: text/plain

            This is an email abuse report.
            --b
            Content-Type: message/feedback-report

            Feedback-Type: abuse
            User-Agent: SomeGenerator/1.0
            Version: 1
            Original-Mail-From: <bounce+token@mail.example.jp>
            Original-Rcpt-To: <user@example.com>

            --b
            Content-Type: message/rfc822

            Message-ID: <8.bbbb@mail.example.jp>
            Subject: Earn money

            Spam
            --b--
            """);
        Assert.Equal(BounceKind.Complaint, report.Kind);
        Assert.Equal("user@example.com", Assert.Single(report.Recipients).Address);
        Assert.Contains("bounce+token@mail.example.jp", report.Addresses);
        Assert.Equal("<8.bbbb@mail.example.jp>", report.OriginalMessageId);
    }
}
