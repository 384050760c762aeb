using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Confirming;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Jobs;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Core.Work;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Companies.Confirming;

/// <summary>A portal whose morning comes when a test says so.</summary>
public class FreshnessTown : TownApp
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected virtual int PerDay => 1000;

    protected override IEnumerable<KeyValuePair<string, string>> Settings =>
        [.. base.Settings, new("Town:FreshnessPerDay", PerDay.ToString(System.Globalization.CultureInfo.InvariantCulture))];

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services =>
        {
            foreach (var runner in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationFactory?.Method.ReturnType == typeof(JobRunner)).ToList())
                services.Remove(runner);
        });
    }

    /// <summary>The job, in its transaction; killed: before it could commit.</summary>
    public async Task MorningAsync(bool killed = false)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().Name = "job:" + AskToConfirm.Kind;
        var db = scope.ServiceProvider.GetRequiredService<TownDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(Stop);
        await scope.ServiceProvider.GetRequiredService<AskToConfirm>().RunAsync(new(1, "", Clock.GetUtcNow(), 1), Stop);
        await db.SaveChangesAsync(Stop);
        if (!killed)
            await transaction.CommitAsync(Stop);
    }

    public void Days(int days) => Clock.Advance(TimeSpan.FromDays(days));

    /// <summary>Listed, confirmed so many months ago in all it says.</summary>
    public Task<Company> CompanyAsync(int monthsAgo = 7, Action<CompanyBuilder>? set = null) => Data.Company(c =>
    {
        var at = Clock.GetUtcNow().AddMonths(-monthsAgo);
        c.Listed().With("旋盤加工", "cut.turn", ["SUS304"]).Confirmed(ListingSection.Basic, at).Confirmed(ListingSection.Capabilities, at.AddDays(3));
        set?.Invoke(c);
    });

    public async Task<List<FreshnessRequest>> RequestsAsync(Company company)
    {
        await using var db = Database.Open();
        return await db.FreshnessRequests.Include(r => r.Answer).Where(r => r.CompanyId == company.Id).OrderBy(r => r.Id).ToListAsync(Stop);
    }

    public async Task<List<OutgoingMail>> MailsAsync(Company company)
    {
        var ids = (await RequestsAsync(company)).ConvertAll(r => r.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await using var db = Database.Open();
        return await db.Set<OutgoingMail>().Include(m => m.Body).Where(m => m.Kind.StartsWith("listing.") && ids.Contains(m.Subject)).OrderBy(m => m.Id).ToListAsync(Stop);
    }

    public async Task<List<WorkItem>> WorkAsync(Company company, bool open = true)
    {
        await using var db = Database.Open();
        return await db.WorkItems.Where(w => w.CompanyId == company.Id && w.ClosedAt == null == open).OrderBy(w => w.Id).ToListAsync(Stop);
    }

    public async Task<Dictionary<ListingSection, DateTimeOffset?>> ConfirmedAsync(Company company)
    {
        await using var db = Database.Open();
        return await db.CompanySections.Where(s => s.CompanyId == company.Id).ToDictionaryAsync(s => s.Section, s => s.ConfirmedAt, Stop);
    }

    /// <summary>The address in a mail.</summary>
    public string Link(OutgoingMail mail, string field = "answer")
    {
        var parts = mail.Links[field].Split('/');
        return MailedLinks.Path(Services.GetRequiredService<LinkKey>(), Enum.Parse<LinkPurpose>(parts[0]), long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>A company with an owner that was asked this morning, and its link.</summary>
    public async Task<(Company Company, TownUser Owner, string Link)> AskedAsync(Action<CompanyBuilder>? set = null)
    {
        var company = await CompanyAsync(set: set);
        var owner = await NewUser(Roles.Member, company);
        await MorningAsync();
        return (company, owner, Link((await MailsAsync(company)).Single()));
    }
}
