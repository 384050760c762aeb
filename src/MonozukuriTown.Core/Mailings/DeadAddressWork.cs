using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Tables;
using MonozukuriTown.Core.Work;

namespace MonozukuriTown.Core.Mailings;

/// <summary>今日やること of an address that mail can't reach: somebody calls the company. Saved by the caller.</summary>
public sealed class DeadAddressWork(TownDbContext db, TodaysWork work, TownClock clock)
{
    public const string Kind = "mail.bounced";

    /// <param name="name">Of the recipient, for an address that no company of ours has.</param>
    public async Task OpenAsync(string address, string name, long mailId, CancellationToken cancellation)
    {
        var company = await CompanyAsync(address, cancellation);
        await work.OpenAsync(new WorkItem
        {
            CompanyId = company,
            Kind = Kind,
            Subject = company is { } id ? OfCompany(id) : OfMail(mailId),
            // The desk shows the company's name and telephone beside it.
            Reason = company is not null
                ? "この会社に電話：メールが届きません。いま使っているアドレスを聞いてください。"
                : ShortText.Of($"{(name.Length > 0 ? name : "宛先")} 様にメールが届きません。名簿にないアドレスなので、連絡先を調べて電話してください。", WorkItem.ReasonMax),
            Due = clock.Today,
            Link = string.Create(CultureInfo.InvariantCulture, $"/staff/mailbox/mails/{mailId}"),
        }, cancellation);
    }

    /// <summary>The address works again, or is no matter any more.</summary>
    public async Task CloseAsync(string address, CancellationToken cancellation)
    {
        if (await CompanyAsync(address, cancellation) is { } company)
            await work.CloseAsync(Kind, OfCompany(company), cancellation);
        foreach (var mail in await db.Set<Bounce>().Where(b => b.AddressKey == address).Select(b => b.MailId).Distinct().ToListAsync(cancellation))
            await work.CloseAsync(Kind, OfMail(mail), cancellation);
    }

    private async Task<int?> CompanyAsync(string address, CancellationToken cancellation)
    {
        // Letter case is all that may differ.
        var exactly = TextFilter.Literally(address);
        var account = address.ToUpperInvariant();
        return await db.Companies.Where(c => EF.Functions.ILike(c.Email!, exactly, @"\")).OrderBy(c => c.Id).Select(c => (int?)c.Id).FirstOrDefaultAsync(cancellation)
            ?? await db.CompanyUsers.Where(u => u.User!.NormalizedEmail == account).OrderBy(u => u.CompanyId).Select(u => (int?)u.CompanyId).FirstOrDefaultAsync(cancellation);
    }

    private static string OfCompany(int id) => string.Create(CultureInfo.InvariantCulture, $"company/{id}");

    private static string OfMail(long id) => string.Create(CultureInfo.InvariantCulture, $"mail/{id}");
}
