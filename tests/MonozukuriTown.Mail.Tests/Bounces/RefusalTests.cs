using MonozukuriTown.Mail.Bounces;

namespace MonozukuriTown.Mail.Tests.Bounces;

/// <summary>Refusals at RCPT, in the words of the servers that say them.</summary>
public class RefusalTests
{
    private static MailResult No(int code, string? status, string words, MailStage stage = MailStage.Recipient) =>
        new(code < 500 ? MailOutcome.RefusedForNow : MailOutcome.RefusedForGood, stage, code, status, words);

    [Theory]
    [InlineData(550, "5.1.1", "5.1.1 <a@example.jp>: Recipient address rejected: User unknown in local recipient table", true)]
    [InlineData(550, "5.1.1", "5.1.1 The email account that you tried to reach does not exist.", true)]
    [InlineData(550, "5.1.0", "5.1.0 <a@example.jp> no", true)]
    [InlineData(550, "5.1.6", "5.1.6 moved to elsewhere", true)]
    [InlineData(550, "5.1.3", "5.1.3 bad syntax", true)]
    [InlineData(550, "5.1.2", "5.1.2 <a@example.jp>: Recipient address rejected: Domain not found", true)]
    [InlineData(556, "5.1.10", "5.1.10 <a@example.jp>: Recipient address rejected: Domain example.jp does not accept mail (nullMX)", true)]
    [InlineData(550, "5.2.1", "5.2.1 The email account that you tried to reach is disabled.", true)]
    [InlineData(550, null, "No such user here", true)]
    [InlineData(450, "4.1.1", "4.1.1 <a@example.jp>: Recipient address rejected: unverified address", false)]
    [InlineData(552, "5.2.2", "5.2.2 Mailbox full", false)]
    public void OfRefusal_OfTheAddress_SaysWhetherItIsDead(int code, string? status, string words, bool dead)
    {
        var said = BounceReader.OfRefusal("a@example.jp", No(code, status, words));
        Assert.Equal(dead, said?.AddressIsDead);
        Assert.Equal(words, said!.Words);
    }

    [Theory]
    [InlineData(554, "5.7.1", "5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org")]
    [InlineData(550, "5.7.26", "5.7.26 This mail has been blocked because the sender is unauthenticated.")]
    [InlineData(550, "5.7.133", "5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required")]
    [InlineData(554, "5.7.1", "5.7.1 <a@example.jp>: Relay access denied")]
    [InlineData(550, "5.1.1", "5.1.1 rejected by our spam filter")]
    [InlineData(550, "5.1.8", "5.1.8 <town@mail.example.jp>: Sender address rejected: Domain not found")]
    [InlineData(550, "5.1.0", "5.1.0 <town@mail.example.jp> sender rejected")]
    [InlineData(550, "5.0.0", "5.0.0 no")]
    [InlineData(550, null, "no")]
    [InlineData(451, "4.3.0", "4.3.0 try again later")]
    [InlineData(452, "4.5.3", "4.5.3 too many recipients")]
    [InlineData(550, "5.4.4", "5.4.4 timed out while looking")]
    public void OfRefusal_OfAnythingElse_SaysNothingOfTheAddress(int code, string? status, string words) =>
        Assert.Null(BounceReader.OfRefusal("a@example.jp", No(code, status, words)));

    [Fact]
    public void OfRefusal_AtAnotherStageOrUncertain_SaysNothingOfTheAddress()
    {
        Assert.Null(BounceReader.OfRefusal("a@example.jp", No(550, "5.1.1", "5.1.1 user unknown", MailStage.Sender)));
        Assert.Null(BounceReader.OfRefusal("a@example.jp", No(550, "5.1.1", "5.1.1 user unknown", MailStage.Content)));
        Assert.Null(BounceReader.OfRefusal("a@example.jp", new(MailOutcome.Uncertain, MailStage.Recipient, null, null, "user unknown")));
        Assert.Null(BounceReader.OfRefusal("山田@example.jp", Smtp.SmtpProblems.NoSmtpUtf8));
    }
}
