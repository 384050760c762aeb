using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Imports;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Imports;

/// <summary>Brings files in as the site does: each step with a context and an actor of its own, and the change log on.</summary>
public sealed class ImportDesk(string connection)
{
    public TestClock Clock { get; } = new();

    public async Task<T> WithAsync<T>(Func<ImportService, Task<T>> act)
    {
        Actor actor = new() { Name = "City" };
        await using var db = Logged(actor);
        return await act(new ImportService(db, SmallVocabulary.Value, actor, new TownClock(Clock), NullLogger<ImportService>.Instance));
    }

    public TownDbContext Logged(Actor actor) => new(new DbContextOptionsBuilder<TownDbContext>(TownDatabase.Options(connection))
        .AddInterceptors(new ChangeLogInterceptor(actor, Clock)).Options);

    public Task<(ImportRun Run, ImportReport Report)> CheckAsync(string text, ImportKind kind = ImportKind.Companies) => CheckAsync(Encoding.UTF8.GetBytes(text), kind);

    public Task<(ImportRun Run, ImportReport Report)> CheckAsync(byte[] content, ImportKind kind = ImportKind.Companies) => WithAsync(async imports =>
    {
        using MemoryStream stream = new(content);
        var run = await imports.CheckAsync(kind, stream, "名簿.csv", TestContext.Current.CancellationToken);
        return (run, (await imports.ReportAsync(run.Id, TestContext.Current.CancellationToken))!);
    });

    public Task<ImportResult> ApplyAsync(int id) => WithAsync(imports => imports.ApplyAsync(id, TestContext.Current.CancellationToken));

    public Task<ImportResult> UndoAsync(int id) => WithAsync(imports => imports.UndoAsync(id, TestContext.Current.CancellationToken));

    /// <summary>Checks and applies; the file must be good.</summary>
    public async Task<ImportRun> BringAsync(string text, ImportKind kind = ImportKind.Companies)
    {
        var (run, report) = await CheckAsync(text, kind);
        Assert.Empty(report.Refused);
        var result = await ApplyAsync(run.Id);
        Assert.True(result.Done, result.Sentence);
        return run;
    }

    public async Task<Company> CompanyAsync(string externalId)
    {
        await using var db = new TownDbContext(TownDatabase.Options(connection));
        return await db.Companies.Include(c => c.Capabilities.OrderBy(r => r.Position)).Include(c => c.Equipment.OrderBy(r => r.Position)).Include(c => c.Products.OrderBy(r => r.Position))
            .Include(c => c.Certifications).Include(c => c.Sections).Include(c => c.Sites).SingleAsync(c => c.ExternalId == externalId, TestContext.Current.CancellationToken);
    }

    /// <summary>Somebody edits a company on the site.</summary>
    public async Task EditAsync(string externalId, Action<Company> edit)
    {
        await using var db = Logged(new Actor { Name = "Member" });
        edit(await db.Companies.Include(c => c.Capabilities).Include(c => c.Sections).SingleAsync(c => c.ExternalId == externalId, TestContext.Current.CancellationToken));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Everything stored about companies, as text: two states are equal when these are.</summary>
    public async Task<string> StateAsync()
    {
        await using var db = new TownDbContext(TownDatabase.Options(connection));
        StringBuilder all = new();
        foreach (var table in (string[])["company", "company_site", "capability", "equipment", "product", "company_certification", "company_section", "membership", "award", "old_address"])
        {
            all.AppendLine(table);
            // Versions of sections only rise, also when an import is taken back: of them it counts what was confirmed.
            var rows = table is "company_section" ? "select (to_jsonb(t) - 'version')::text as \"Value\" from company_section t where confirmed_at is not null order by 1"
                : $"select to_jsonb(t)::text as \"Value\" from {table} t order by 1";
            foreach (var row in await db.Database.SqlQueryRaw<string>(rows).ToListAsync(TestContext.Current.CancellationToken))
                all.AppendLine(row);
        }
        return all.ToString();
    }
}
