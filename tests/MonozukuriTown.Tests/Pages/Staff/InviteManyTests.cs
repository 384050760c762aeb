using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Pages.Staff;

public class InviteManyTests(TownApp app) : IClassFixture<TownApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Next(string name) => $"{name}{app.Data.Next().ToString(CultureInfo.InvariantCulture)}";

    private async Task<TestPage> Send(string list) => await (await (await app.As(Roles.Admin)).Open(StaffLinks.InviteMany)).Submit("main form", ("List", list));

    private async Task<int> Invited(string mail)
    {
        await using var db = app.Database.Open();
        return await db.Set<OutgoingMail>().CountAsync(m => m.Address == mail && m.Kind == "account.invite", Stop);
    }

    private async Task<string> Company(string name)
    {
        await app.Data.Company(c => c.Named(name, "かいしゃ").Listed());
        return name;
    }

    [Fact]
    public async Task PastedFromASpreadsheet_EverybodyIsInvited_ToTheirCompany()
    {
        var (one, two) = (await Company(Next("まとめ製作所")), await Company(Next("まとめ工業")));
        var mails = new[] { $"{Next("hito")}@example.jp", $"{Next("hito")}@example.jp" };
        var answer = await Send($"会社名\t氏名\tメールアドレス\r\n{one}\t緑川 花子\t{mails[0]}\r\n\r\n{two},青木 一郎,{mails[1].Replace("@", "＠", StringComparison.Ordinal)}\r\n");
        Assert.Equal(StaffLinks.Accounts, answer.Location);
        var list = (await answer.Follow()).Text();
        Assert.Contains("2人に、招待のメールを送ります。", list, StringComparison.Ordinal);
        Assert.Contains($"{mails[0]} 掲載企業 {one} 招待中", list, StringComparison.Ordinal);
        Assert.Contains($"{mails[1]} 掲載企業 {two} 招待中", list, StringComparison.Ordinal);
        foreach (var mail in mails)
            Assert.Equal(1, await Invited(mail));
    }

    [Fact]
    public async Task OneLineIsWrong_NobodyIsInvited_AndEachLineIsTold()
    {
        var company = await Company(Next("直す製作所"));
        var (good, known) = ($"{Next("yoi")}@example.jp", (await app.NewUser(Roles.Buyer)).Email);
        var list = $"{company}\t良い人\t{good}\n{company}\t\tx@example.jp\nそんな会社はない\t人\ty@example.jp\n{company}\t人\t{known}\n{company}\t人\tno address\n{company}\t人\t{good.ToUpperInvariant()}\n{company} 人 z@example.jp";
        var page = await Send(list);
        var told = page.Text("[role=alert]");
        foreach (var sentence in new[]
        {
            "まだだれも招待していません", "2行目：氏名がありません。", "3行目：その名前の会社はありません。", "4行目：このメールアドレスは登録ずみです。", "5行目：", "「@」がありません",
            "6行目：同じメールアドレスが1行目にもあります。", "7行目：会社、氏名、メールアドレスの3つを",
        })
            Assert.Contains(sentence, told, StringComparison.Ordinal);
        Assert.DoesNotContain("1行目：", told, StringComparison.Ordinal);
        Assert.Equal(list, page.Document.QuerySelector("textarea")!.TextContent.ReplaceLineEndings("\n"));
        Assert.Equal(0, await Invited(good));
    }

    [Theory]
    [InlineData("", "招待する人を貼り付けてください。")]
    [InlineData("会社,氏名,メール", "1行に1人ずつ書いてください。")]
    public async Task NobodyInIt_SaysSo(string list, string sentence) => Assert.Contains(sentence, (await Send(list)).Text(), StringComparison.Ordinal);

    [Fact]
    public async Task TooMany_SaysToDivideThem()
    {
        StringBuilder list = new();
        for (var i = 0; i <= InviteList.LinesMax; i++)
            list.Append(CultureInfo.InvariantCulture, $"会社,人,p{i}@example.jp\n");
        Assert.Contains("200人までです", (await Send(list.ToString())).Text("[role=alert]"), StringComparison.Ordinal);
        Assert.Contains("長すぎます", (await Send(new string('あ', InviteList.TextMax + 1))).Text(".error-summary"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letter_SaysWhoWrites_AndWhereEveryLinkBegins()
    {
        var page = await (await app.As(Roles.Admin)).Open(StaffLinks.InviteLetter);
        Assert.Contains("Mail:From", page.Text(".notice"), StringComparison.Ordinal); // nothing is set here
        var text = page.Text("article");
        foreach (var words in new[] { "試験市 産業振興課", "ものづくりタウン試験のアカウントのご案内", "かならず http://localhost で始まります", "06-0000-0000", "パスワードをお尋ねすることはありません" })
            Assert.Contains(words, text, StringComparison.Ordinal);
    }
}
