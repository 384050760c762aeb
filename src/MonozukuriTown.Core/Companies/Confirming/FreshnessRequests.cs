using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies.Confirming.Mails;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Core.Work;
using MonozukuriTown.Mail;

namespace MonozukuriTown.Core.Companies.Confirming;

/// <summary>
/// Asks a company whether its listing is still true: every person who keeps the listing by mail, each with a link of their own; where nobody does,
/// the company's own address; who prefers FAX by a 返信票 that staff send; and who can't be written to by telephone.
/// </summary>
public sealed class FreshnessRequests(
    TownDbContext db, MailedLinks links, Outbox outbox, Suppressions suppressions, TodaysWork work, TownClock clock, IOptions<TownOptions> options)
{
    public const string AskKind = "listing.confirm";
    public const string RemindKind = "listing.remind";

    /// <summary>今日やること: ask by telephone, or send the sheet. Its subject is the company's id.</summary>
    public const string StaleWork = "listing.stale";

    /// <summary>The place in a link's subject of the company's own address, and of the sheet.</summary>
    internal const string CompanyPlace = "company";
    internal const string PaperPlace = "paper";

    private TownOptions Town => options.Value;

    /// <summary>Adds a request with its mails or its work; the caller saves. Null when the company was asked for this time already.</summary>
    public async Task<FreshnessRequest?> OpenAsync(Company company, DateOnly due, CancellationToken cancellation = default)
    {
        if (await db.FreshnessRequests.AnyAsync(r => r.CompanyId == company.Id && r.Due == due, cancellation))
            return null;
        var now = Now;
        foreach (var before in await db.FreshnessRequests.Where(r => r.CompanyId == company.Id && r.ClosedAt == null).ToListAsync(cancellation))
            before.ClosedAt = now;
        var request = new FreshnessRequest { CompanyId = company.Id, Due = due, AskedAt = now };
        db.Add(request);
        var keepers = await RecipientsAsync(company, cancellation);
        if (company.ContactMethod == ContactMethod.Fax)
        {
            request.Way = AskedBy.Paper;
            Link(request.Id, PaperPlace);
            await WorkAsync(company.Id, "FAXを希望する会社です。返信票を印刷してFAXで送り、返ってきたら入力してください。", $"/staff/companies/{company.Id}/sheet", cancellation);
        }
        else if (keepers.Count == 0)
        {
            request.Way = AskedBy.Phone;
            await HandOnAsync(request, "掲載内容の確認をお願いするメールの送り先がありません。電話で聞いてください。", cancellation);
        }
        else
        {
            await MailAsync(request, company, keepers, AskKind, cancellation);
        }
        return request;
    }

    /// <summary>Once more, to those who were asked. False when nobody can be written to any more.</summary>
    internal async Task<bool> RemindAsync(FreshnessRequest request, Company company, CancellationToken cancellation)
    {
        var keepers = await RecipientsAsync(company, cancellation);
        if (keepers.Count == 0)
            return false;
        await MailAsync(request, company, keepers, RemindKind, cancellation);
        request.RemindedAt = Now;
        return true;
    }

    internal Task HandOnAsync(FreshnessRequest request, string reason, CancellationToken cancellation)
    {
        request.HandedOnAt = Now;
        return WorkAsync(request.CompanyId, reason, $"/staff/companies/{request.CompanyId}#freshness", cancellation);
    }

    /// <summary>For a company that is to answer on paper now, whatever it was asked before.</summary>
    public async Task OpenSheetAsync(Company company, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.TakeTurnsAsync(Turn(company.Id), cancellation);
        var open = await OpenOf(company.Id).ToListAsync(cancellation);
        var request = open.Find(r => r.Answer is null);
        if (request is null)
        {
            var now = Now;
            open.ForEach(before => before.ClosedAt = now);
            // The day may be taken by one that was answered.
            var last = await db.FreshnessRequests.Where(r => r.CompanyId == company.Id).MaxAsync(r => (DateOnly?)r.Due, cancellation);
            db.Add(request = new FreshnessRequest { CompanyId = company.Id, Due = last >= clock.Today ? last.Value.AddDays(1) : clock.Today, AskedAt = now, Way = AskedBy.Paper });
        }
        if (await SheetLinkAsync(request.Id, cancellation) is null)
            Link(request.Id, PaperPlace);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The request a sheet would answer, and the link its QR code holds; null where there is none.</summary>
    public async Task<(FreshnessRequest Request, MailedLink Link)?> SheetAsync(int company, CancellationToken cancellation = default) =>
        await OpenOf(company).FirstOrDefaultAsync(r => r.Answer == null, cancellation) is { } request && await SheetLinkAsync(request.Id, cancellation) is { } link ? (request, link) : null;

    /// <summary>What was asked and said lately, the newest first.</summary>
    public async Task<(IReadOnlyList<FreshnessRequest> Requests, IReadOnlyList<FreshnessAnswer> Answers)> HistoryAsync(int company, CancellationToken cancellation = default) =>
        (await db.FreshnessRequests.AsNoTracking().Include(r => r.Answer).Where(r => r.CompanyId == company).OrderByDescending(r => r.AskedAt).Take(4).ToListAsync(cancellation),
         await db.FreshnessAnswers.AsNoTracking().Include(a => a.Clerk).Where(a => a.CompanyId == company).OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Take(6).ToListAsync(cancellation));

    internal IQueryable<FreshnessRequest> OpenOf(int company) =>
        db.FreshnessRequests.Include(r => r.Answer).Where(r => r.CompanyId == company && r.ClosedAt == null).OrderByDescending(r => r.AskedAt);

    internal static string Turn(int company) => string.Create(CultureInfo.InvariantCulture, $"freshness/{company}");

    internal static string WorkSubject(int company) => company.ToString(CultureInfo.InvariantCulture);

    private DateTimeOffset Now => clock.Now.ToUniversalTime();

    private Task<MailedLink?> SheetLinkAsync(int request, CancellationToken cancellation)
    {
        var (subject, now) = (Subject(request, PaperPlace), Now);
        return db.Set<MailedLink>().FirstOrDefaultAsync(l => l.Purpose == LinkPurpose.Freshness && l.Subject == subject && l.ExpiresAt > now, cancellation);
    }

    private async Task MailAsync(FreshnessRequest request, Company company, IReadOnlyList<Recipient> recipients, string kind, CancellationToken cancellation)
    {
        var id = request.Id.ToString(CultureInfo.InvariantCulture);
        foreach (var recipient in recipients)
        {
            var subject = Subject(request.Id, recipient.Place);
            // The reminder brings the same link again.
            var link = await db.Set<MailedLink>().FirstOrDefaultAsync(l => l.Purpose == LinkPurpose.Freshness && l.Subject == subject, cancellation)
                ?? Link(request.Id, recipient.Place);
            await outbox.AddAsync<ConfirmListingMail>(new PersonalMail
            {
                Kind = kind,
                Subject = id,
                List = MailList.Listing,
                To = recipient.To,
                ToName = recipient.Name,
                Title = string.Equals(kind, RemindKind, StringComparison.Ordinal) ? "【再送】掲載内容は、いまも正しいですか" : "掲載内容は、いまも正しいですか",
                Parameters = new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    [nameof(ConfirmListingMail.Company)] = company,
                    [nameof(ConfirmListingMail.Town)] = Town,
                    [nameof(ConfirmListingMail.Again)] = string.Equals(kind, RemindKind, StringComparison.Ordinal),
                },
                Links = new Dictionary<string, MailedLink>(StringComparer.Ordinal) { [ConfirmListingMail.LinkField] = link },
            }, cancellation);
        }
    }

    private async Task<IReadOnlyList<Recipient>> RecipientsAsync(Company company, CancellationToken cancellation)
    {
        List<Recipient> all = [];
        foreach (var keeper in await db.CompanyUsers.AsNoTracking().Include(k => k.User).Where(k => k.CompanyId == company.Id && k.User!.EmailConfirmed)
            .OrderBy(k => k.Kind).ThenBy(k => k.UserId).ToListAsync(cancellation))
        {
            if (EmailAddress.TryParse(keeper.User!.Email, out var to))
                all.Add(new(to, keeper.User.DisplayName, keeper.UserId.ToString()));
        }
        if (all.Count == 0 && company.ContactMethod != ContactMethod.Phone && EmailAddress.TryParse(company.Email, out var own))
            all.Add(new(own, company.Name, CompanyPlace));
        List<Recipient> willing = [];
        foreach (var recipient in all)
        {
            if ((await suppressions.OfAsync(recipient.To.Key, MailList.Listing, cancellation)).Count == 0)
                willing.Add(recipient);
        }
        return willing;
    }

    private MailedLink Link(int request, string place) =>
        links.Add(LinkPurpose.Freshness, Subject(request, place), TimeSpan.FromDays(31 * Town.FreshnessMonths));

    private Task WorkAsync(int company, string reason, string link, CancellationToken cancellation) => work.OpenAsync(new WorkItem
    {
        CompanyId = company,
        Kind = StaleWork,
        Subject = WorkSubject(company),
        Reason = reason,
        Due = clock.Today,
        Link = link,
    }, cancellation);

    private static string Subject(int request, string place) => string.Create(CultureInfo.InvariantCulture, $"{request}/{place}");

    private sealed record Recipient(EmailAddress To, string Name, string Place);
}
