using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Events;
using MonozukuriTown.Core.Imports;
using MonozukuriTown.Core.Tables;
using MonozukuriTown.Core.Work;

namespace MonozukuriTown.Web.Commands;

/// <summary>
/// Fills the demo town from <c>seeds/demo</c> through the same doors its people use: companies, members, awards and old addresses by import,
/// accounts by the account service. Run again it changes nothing that is there.
/// </summary>
public sealed class DemoSeed(
    TownDbContext db, ImportService imports, AccountService accounts, UserManager<TownUser> users, CapabilityOffers offers, TodaysWork work, DatabaseKeyRing ring,
    WorkingDays workingDays, TownClock clock, IConfiguration configuration)
{
    public const string AccountsFile = "demo-accounts.txt";

    private const string CompaniesFile = "companies.jsonl";

    /// <summary>A listing that nobody has confirmed for this long is worth a call.</summary>
    private const int StaleMonths = 24;

    private readonly string folder = TownHome.Seeds("demo");

    public async Task RunAsync(CancellationToken cancellation)
    {
        await RefuseRealTownAsync(cancellation);
        await ImportAsync(ImportKind.Companies, CompaniesFile, cancellation);
        await ImportAsync(ImportKind.Members, "members.csv", cancellation);
        await ImportAsync(ImportKind.Awards, "meisters.csv", cancellation);
        await ImportAsync(ImportKind.Redirects, "redirects.csv", cancellation);
        await AddEventsAsync(cancellation);
        await AddAccountsAsync(cancellation);
        await AddOffersAsync(cancellation);
        await AddWorkAsync(cancellation);
        // The database of a clone that was deleted with its secret and made again; a real town is asked first.
        if (await ring.ForgetForeignAsync(cancellation) > 0)
            Console.WriteLine("The secret of the cookies was gone with an earlier clone: whoever was signed in signs in again.");
    }

    // A forgotten --no-demo must not put invented companies and known passwords into somebody's town.
    private async Task RefuseRealTownAsync(CancellationToken cancellation)
    {
        if (await db.Set<ImportRun>().AnyAsync(r => r.FileName == CompaniesFile && r.Status == ImportStatus.Applied, cancellation))
            return;
        if (await db.Companies.AnyAsync(cancellation) || await db.Users.AnyAsync(cancellation))
            throw new IOException("This database holds a town already, and demo data is for an empty one: use deploy/start --no-demo.");
    }

    private async Task ImportAsync(ImportKind kind, string file, CancellationToken cancellation)
    {
        if (await db.Set<ImportRun>().AnyAsync(r => r.FileName == file && r.Status == ImportStatus.Applied, cancellation))
            return;
        await using var stream = File.OpenRead(Path.Combine(folder, file));
        var run = await imports.CheckAsync(kind, stream, file, cancellation);
        var result = await imports.ApplyAsync(run.Id, cancellation);
        if (!result.Done)
        {
            var first = (await imports.ReportAsync(run.Id, cancellation))?.Refused.FirstOrDefault();
            throw new IOException($"seeds/demo/{file}: {result.Sentence} {(first is null ? "" : $"{first.Line}行目 {first.Field}「{first.Written}」{first.Reason}")}");
        }
        Console.WriteLine($"{file}: {result.Sentence}");
    }

    private async Task AddEventsAsync(CancellationToken cancellation)
    {
        if (await db.Events.AnyAsync(cancellation))
            return;
        await using var stream = File.OpenRead(Path.Combine(folder, "events.csv"));
        var table = await CsvTable.ReadAsync(stream, cancellation);
        HashSet<string> slugs = new(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            var starts = DateTimeOffset.Parse(row["starts"], CultureInfo.InvariantCulture).ToUniversalTime();
            var day = TownClock.DateOf(starts).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var slug = day;
            for (var n = 2; !slugs.Add(slug); n++)
                slug = $"{day}-{n}";
            db.Events.Add(new TownEvent
            {
                Slug = slug,
                Title = row["title"],
                Kind = row["kind"],
                StartsAt = starts,
                EndsAt = DateTimeOffset.Parse(row["ends"], CultureInfo.InvariantCulture).ToUniversalTime(),
                Place = row["place"],
                Summary = row["summary"],
                Published = true,
            });
        }
        await db.SaveChangesAsync(cancellation);
    }

    // Also where the accounts outlived the file that tells their password: the database of a clone that was deleted and made again.
    private async Task AddAccountsAsync(CancellationToken cancellation)
    {
        var path = configuration["Demo:AccountsFile"] is { Length: > 0 } file ? file : TownHome.Local(AccountsFile);
        var first = !await db.Users.AnyAsync(cancellation);
        if (!first && File.Exists(path))
            return;
        await using var stream = File.OpenRead(Path.Combine(folder, "accounts.csv"));
        var table = await CsvTable.ReadAsync(stream, cancellation);
        // One secret for the whole demo, new for each database: nothing to guess, one thing to type.
        var secret = "demo-" + RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 8);
        var list = new StringBuilder("デモのアカウント（パスワードはすべて同じ）: ").AppendLine(secret);
        var count = 0;
        foreach (var row in table.Rows)
        {
            if (await (first ? AddAccountAsync(row, secret, cancellation) : RenewAsync(row["メール"], secret)) is not { } result)
                continue; // it has another address by now, or is no more
            if (!result.Succeeded)
                throw new IOException($"seeds/demo/accounts.csv: {row["メール"]}: {result.Errors.First().Description}");
            list.AppendLine(CultureInfo.InvariantCulture, $"  {row["メール"],-24} {row["役割"]}");
            count++;
        }
        if (count == 0)
        {
            Console.WriteLine("None of the demo's accounts is left. deploy/town users list names those there are; deploy/town users password ADDRESS sets a new password.");
            return;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, list.ToString(), cancellation);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (!first)
            Console.WriteLine($"The database held the demo's accounts already, but the file with their password was gone: {count} of them have a new one.");
    }

    private async Task<IdentityResult?> AddAccountAsync(TableRow row, string secret, CancellationToken cancellation) => await accounts.AddAsync(new NewAccount
    {
        Mail = row["メール"],
        Name = row["氏名"],
        Role = row["役割"],
        Password = secret,
        CompanyId = row["企業ID"] is { Length: > 0 } external
            ? await db.Companies.Where(c => c.ExternalId == external).Select(c => (int?)c.Id).SingleAsync(cancellation)
            : null,
    }, cancellation);

    private async Task<IdentityResult?> RenewAsync(string mail, string secret) => await users.FindByEmailAsync(mail) is { } user
        ? await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), secret)
        : null;

    // The demo's companies know what their machines show; every twelfth, and those of the accounts, have yet to see it.
    private async Task AddOffersAsync(CancellationToken cancellation)
    {
        if (await db.CapabilityOffers.AnyAsync(cancellation))
            return;
        var kept = await db.CompanyUsers.Select(u => u.CompanyId).ToListAsync(cancellation);
        var companies = await db.Companies.AsNoTracking().WithParts().Where(c => c.Status == CompanyStatus.Listed).OrderBy(c => c.Id).ToListAsync(cancellation);
        foreach (var (company, i) in companies.Select((c, i) => (c, i)).Where(c => c.i % 12 != 0 && !kept.Contains(c.c.Id)))
        {
            foreach (var offer in await offers.OfAsync(company, cancellation))
            {
                db.Add(new CapabilityOffer
                {
                    CompanyId = company.Id,
                    ProcessId = offer.Process.Id,
                    Machine = offer.Machine,
                    ToldAt = clock.Now.ToUniversalTime().AddDays(-30 - i % 60),
                    ToldBy = ToldBy.Mail,
                });
            }
        }
        await db.SaveChangesAsync(cancellation);
    }

    private async Task AddWorkAsync(CancellationToken cancellation)
    {
        if (await db.WorkItems.AnyAsync(cancellation))
            return;
        var before = clock.Now.AddMonths(-StaleMonths).ToUniversalTime();
        var stale = await db.Companies
            .Where(c => c.Status == CompanyStatus.Listed && !c.Sections.Any(s => s.ConfirmedAt >= before))
            .OrderBy(c => c.SortKey).Select(c => new { c.Id, c.Sections.Count }).Take(12).ToListAsync(cancellation);
        foreach (var (company, i) in stale.Select((c, i) => (c, i)))
        {
            await work.OpenAsync(new WorkItem
            {
                CompanyId = company.Id,
                Kind = "listing.stale",
                Subject = company.Id.ToString(CultureInfo.InvariantCulture),
                Reason = company.Count == 0 ? "掲載内容が一度も確認されていません。電話で聞いてください。" : "掲載内容が2年以上確認されていません。電話で聞いてください。",
                Due = workingDays.Add(clock.Today, i - 2),
                Link = Links.StaffLinks.Company(company.Id),
            }, cancellation);
        }
        await db.SaveChangesAsync(cancellation);
    }
}
