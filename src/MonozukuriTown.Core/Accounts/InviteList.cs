using System.Globalization;
using Microsoft.AspNetCore.Identity;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Tables;
using MonozukuriTown.Mail;

namespace MonozukuriTown.Core.Accounts;

/// <param name="Line">Counted from 1, as it was pasted.</param>
public sealed record InviteProblem(int Line, string Sentence);

/// <param name="Invited">0 where there are problems at the check: then nobody was.</param>
public sealed record InviteResult(int Invited, IReadOnlyList<InviteProblem> Problems);

/// <summary>Invites many people of companies at once, from a list as it is copied out of a spreadsheet: company, name, address.</summary>
public sealed class InviteList(CompanyList companies, UserManager<TownUser> users, AccountService accounts)
{
    public const int LinesMax = 200;
    public const int TextMax = 40_000;

    private sealed record Invitation(int Line, int Company, string Name, EmailAddress Mail);

    /// <summary>All lines or none: where one can't be invited, nobody is, and every line that needs mending is told.</summary>
    public async Task<InviteResult> InviteAsync(string text, CancellationToken cancellation = default)
    {
        List<InviteProblem> problems = [];
        List<Invitation> people = [];
        Dictionary<EmailAddress, int> seen = [];
        var rows = Rows(text);
        if (rows.Count == 0)
            return new(0, [new(1, "会社、氏名、メールアドレスを、1行に1人ずつ書いてください。")]);
        if (rows.Count > LinesMax)
            return new(0, [new(LinesMax + 1, $"一度に招待できるのは{LinesMax}人までです。分けて招待してください。")]);
        foreach (var (line, cells) in rows)
        {
            var found = problems.Count;
            void Problem(string sentence) => problems.Add(new(line, sentence));
            if (cells is not [var company, var name, var mail])
            {
                Problem("会社、氏名、メールアドレスの3つを、タブか「,」で区切って書いてください。");
                continue;
            }
            if (name.Length is 0 or > TownUser.NameMax)
                Problem(name.Length == 0 ? "氏名がありません。" : $"氏名は{TownUser.NameMax}文字までにしてください。");
            if (!EmailAddress.TryParse(mail, out var address, out var problem))
                Problem(mail.Length == 0 ? "メールアドレスがありません。" : problem);
            else if (!seen.TryAdd(address, line))
                Problem(string.Create(CultureInfo.InvariantCulture, $"同じメールアドレスが{seen[address]}行目にもあります。"));
            else if (await users.FindByEmailAsync(address.Value) is not null)
                Problem(users.ErrorDescriber.DuplicateEmail(address.Value).Description);
            var (id, unclear) = await companies.OneMeantAsync(company, cancellation);
            if (unclear is not null)
                Problem(unclear);
            if (problems.Count == found)
                people.Add(new(line, id!.Value, name, address!));
        }
        if (problems.Count > 0)
            return new(0, problems);
        foreach (var person in people)
        {
            var result = await accounts.AddAsync(
                new NewAccount { Mail = person.Mail.Value, Name = person.Name, Role = Roles.Member, Password = null, CompanyId = person.Company }, cancellation);
            // Somebody else made the same account since the check.
            if (!result.Succeeded)
                problems.Add(new(person.Line, result.Errors.First().Description));
        }
        return new(people.Count - problems.Count, problems);
    }

    // What a spreadsheet copies is cut by tabs; people type commas. A first line of headings is no person.
    private static List<(int Line, string[] Cells)> Rows(string text)
    {
        List<(int, string[])> rows = [];
        var number = 0;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            string[] cells = [.. line.Split(line.Contains('\t', StringComparison.Ordinal) ? '\t' : ',').Select(c => FormulaGuard.Read(c.Trim().Trim('"').Trim()))];
            if (rows.Count == 0 && cells is [.., var last] && last.StartsWith("メール", StringComparison.Ordinal))
                continue;
            rows.Add((number, cells));
        }
        return rows;
    }
}
