using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Core.Work;

namespace MonozukuriTown.Core.Companies.Confirming;

/// <summary>What a mailed link opens. <see cref="Company"/> comes with its parts.</summary>
public sealed record AskedCompany(MailedLink Link, FreshnessRequest Request, Company Company)
{
    /// <summary>Its listing ended, or never began: there is nothing to be asked any more.</summary>
    public bool IsOver => Company.Status is not (CompanyStatus.Listed or CompanyStatus.Paused);

    /// <summary>Answered, confirmed in another way, or overtaken by a newer request.</summary>
    public bool IsAnswered => Request.Answer is not null || Request.ClosedAt is not null;

    /// <summary>The account it was mailed to; null where it went to the company's own address or on paper.</summary>
    public Guid? Keeper => Guid.TryParse(Link.Subject[(Link.Subject.IndexOf('/', StringComparison.Ordinal) + 1)..], out var user) ? user : null;
}

/// <summary>An answer by the link.</summary>
public sealed record LinkAnswer
{
    public required FreshnessChoice Choice { get; init; }

    /// <summary>What was on the page, for 変わりなし.</summary>
    public IReadOnlyCollection<SeenSection> Seen { get; init; } = [];
    public string? Text { get; init; }
    public string? CallTime { get; init; }
}

/// <summary>What staff heard: on a visit, on the telephone, by FAX.</summary>
public sealed record StaffAnswer
{
    public required AnsweredBy Way { get; init; }
    public required DateOnly On { get; init; }

    /// <summary>What was confirmed, as the clerk saw it.</summary>
    public required IReadOnlyCollection<SeenSection> Seen { get; init; }
    public string? Who { get; init; }

    /// <summary>What is to be put right.</summary>
    public string? Text { get; init; }
    public bool Call { get; init; }
}

public enum AnswerResult
{
    Taken,

    /// <summary>The listing was changed since it was seen: nothing was confirmed.</summary>
    Changed,

    /// <summary>Somebody was first.</summary>
    TooLate,
}

/// <summary>Takes answers: what they confirm, what they close and the work they make, in one transaction or not at all.</summary>
public sealed class FreshnessAnswers(TownDbContext db, MailedLinks links, ListingSections sections, FreshnessRequests requests, TodaysWork work, Actor actor, TownClock clock)
{
    /// <summary>今日やること: the company wants something put right, or a call. Their subject is the company's id.</summary>
    public const string EditWork = "listing.edit";
    public const string CallWork = "listing.call";

    /// <summary>What the link leads to; null when it is none, ran out, or the person it was mailed to keeps this listing no more.</summary>
    public async Task<AskedCompany?> FindAsync(string? token, CancellationToken cancellation = default)
    {
        if (await links.FindAsync(LinkPurpose.Freshness, token, cancellation) is not { } link
            || !int.TryParse(link.Subject.Split('/')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || await db.FreshnessRequests.AsNoTracking().Include(r => r.Answer).SingleOrDefaultAsync(r => r.Id == id, cancellation) is not { } request)
        {
            return null;
        }
        var found = new AskedCompany(link, request, await db.Companies.AsNoTracking().WithParts().SingleAsync(c => c.Id == request.CompanyId, cancellation));
        return found.Keeper is { } keeper && !await db.CompanyUsers.AnyAsync(k => k.CompanyId == request.CompanyId && k.UserId == keeper, cancellation) ? null : found;
    }

    public async Task<AnswerResult> TakeAsync(AskedCompany asked, LinkAnswer said, CancellationToken cancellation = default)
    {
        var company = asked.Company.Id;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.TakeTurnsAsync(FreshnessRequests.Turn(company), cancellation);
        // As it is now that everybody else waits.
        var request = await db.FreshnessRequests.Include(r => r.Answer).SingleAsync(r => r.Id == asked.Request.Id, cancellation);
        if (request.ClosedAt is not null || request.Answer is not null)
            return AnswerResult.TooLate;
        var now = clock.Now.ToUniversalTime();
        if (said.Choice == FreshnessChoice.Same && !await sections.ConfirmAsync(company, said.Seen, now, cancellation))
        {
            db.ChangeTracker.Clear();
            return AnswerResult.Changed;
        }
        links.Use(asked.Link);
        db.Add(new FreshnessAnswer
        {
            CompanyId = company,
            RequestId = request.Id,
            At = now,
            Way = AnsweredBy.Link,
            Choice = said.Choice,
            Sections = said.Choice == FreshnessChoice.Same ? [.. said.Seen.Select(s => s.Section)] : [],
            Text = said.Text,
            CallTime = said.CallTime,
            LinkId = asked.Link.Id,
        });
        // Who goes on to edit may leave it at that: the request stays open until everything was confirmed.
        if (said is not { Choice: FreshnessChoice.Edit, Text: null })
        {
            request.ClosedAt = now;
            await work.CloseAsync(FreshnessRequests.StaleWork, FreshnessRequests.WorkSubject(company), cancellation);
        }
        if (said is { Choice: FreshnessChoice.Edit, Text: not null })
            await EditWorkAsync(company, cancellation);
        if (said.Choice == FreshnessChoice.Call)
            await CallWorkAsync(company, said.CallTime, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return AnswerResult.Taken;
    }

    /// <summary>掲載内容を確認した, by staff.</summary>
    public async Task<AnswerResult> RecordAsync(int company, StaffAnswer said, CancellationToken cancellation = default)
    {
        var now = clock.Now.ToUniversalTime();
        var at = said.On == clock.Today ? now : TownClock.At(said.On);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.TakeTurnsAsync(FreshnessRequests.Turn(company), cancellation);
        var whole = await db.Companies.AsNoTracking().WithParts().SingleAsync(c => c.Id == company, cancellation);
        actor.Reason = $"{Word(said.Way)}で{JapaneseDate.Staff(said.On)}に確認";
        if (said.Seen.Count > 0 && !await sections.ConfirmAsync(company, said.Seen, at, cancellation))
        {
            db.ChangeTracker.Clear();
            return AnswerResult.Changed;
        }
        // A part of it answers nothing yet, unless the rest is staff's to put right.
        var confirmed = said.Seen.Select(s => s.Section).ToHashSet();
        var all = ListingSections.Shown.Where(s => ListingSections.IsFilled(whole, s)).All(confirmed.Contains);
        var open = all || said.Text is not null || said.Call ? await requests.OpenOf(company).FirstOrDefaultAsync(cancellation) : null;
        db.Add(new FreshnessAnswer
        {
            CompanyId = company,
            RequestId = open is { Answer: null } ? open.Id : null,
            At = at,
            Way = said.Way,
            Choice = said.Call ? FreshnessChoice.Call : said.Text is null ? FreshnessChoice.Same : FreshnessChoice.Edit,
            Sections = [.. said.Seen.Select(s => s.Section)],
            Who = said.Who,
            Text = said.Text,
            EnteredBy = actor.UserId,
        });
        if (open is not null)
            open.ClosedAt = now;
        if (all || open is not null)
            await work.CloseAsync(FreshnessRequests.StaleWork, FreshnessRequests.WorkSubject(company), cancellation);
        if (said.Text is not null)
            await EditWorkAsync(company, cancellation);
        if (said.Call)
            await CallWorkAsync(company, null, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return AnswerResult.Taken;
    }

    public static string Word(AnsweredBy way) => way switch
    {
        AnsweredBy.Link => "メールのリンク",
        AnsweredBy.Phone => "電話",
        AnsweredBy.Visit => "訪問",
        AnsweredBy.Fax => "FAXの返信票",
        _ => "窓口",
    };

    public static string Word(FreshnessChoice choice) => choice switch
    {
        FreshnessChoice.Same => "変わりなし",
        FreshnessChoice.Edit => "直すところがある",
        _ => "電話がほしい",
    };

    // What the person wrote may name people: it stands on the company's page, not in a line of work.
    private Task EditWorkAsync(int company, CancellationToken cancellation) =>
        WorkAsync(company, EditWork, "掲載に直すところがあるとのお返事です。内容を見て直してください。", cancellation);

    private Task CallWorkAsync(int company, string? time, CancellationToken cancellation) =>
        WorkAsync(company, CallWork, $"掲載のことで電話がほしいとのお返事です{(time is null ? "" : $"（{time}）")}。", cancellation);

    private Task WorkAsync(int company, string kind, string reason, CancellationToken cancellation) => work.OpenAsync(new WorkItem
    {
        CompanyId = company,
        Kind = kind,
        Subject = FreshnessRequests.WorkSubject(company),
        Reason = reason,
        Due = clock.Today,
        Link = $"/staff/companies/{company}#freshness",
    }, cancellation);
}
