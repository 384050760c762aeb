using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Audit;

public sealed class ChangeLogTests(TownApp app) : IClassFixture<TownApp>
{
    [Fact]
    public async Task Save_NewCapability_LogsItsKeyCompanyAndCells()
    {
        var company = await app.Data.Company();

        var id = await app.Use<TownDbContext, int>(async db =>
        {
            var capability = new Capability { CompanyId = company.Id, Process = "旋盤加工", Limits = new() { Tolerance = 0.01m } };
            db.Add(capability);
            await db.SaveChangesAsync();
            return capability.Id;
        });

        var entry = Assert.Single(await Log(company.Id));
        Assert.Equal((nameof(Capability), id.ToString(System.Globalization.CultureInfo.InvariantCulture), ChangeKind.Added), (entry.Entity, entry.EntityId, entry.Kind));
        var cells = Cells(entry.Cells);
        Assert.Equal("旋盤加工", cells["Process"][1].GetString());
        Assert.Equal(0.01m, cells["Limits.Tolerance"][1].GetDecimal());
        Assert.DoesNotContain("Note", cells.Keys);
    }

    [Fact]
    public async Task Save_OneFieldChanged_LogsOldAndNewOfThatFieldAlone()
    {
        var company = await app.Data.Company(c => c.Set(x => x.Summary = "前"));

        await Edit(company.Id, c => c.Summary = "後");
        await Edit(company.Id, c => c.Summary = "後");

        var entry = Assert.Single(await Log(company.Id));
        var cells = Cells(entry.Cells);
        Assert.Equal(["Summary"], cells.Keys);
        Assert.Equal(("前", "後"), (cells["Summary"][0].GetString(), cells["Summary"][1].GetString()));
    }

    [Fact]
    public async Task Save_PersonalField_GoesToTheErasableHalf()
    {
        var company = await app.Data.Company(c => c.Set(x => x.Representative = "山田 太郎"));

        await Edit(company.Id, c => c.Representative = "鈴木 花子");

        var entry = Assert.Single(await Log(company.Id));
        Assert.DoesNotContain("山田", entry.Cells, StringComparison.Ordinal);
        Assert.Equal("山田 太郎", Cells(entry.Personal!.Cells)["Representative"][0].GetString());

        await using var db = app.Database.Open();
        var erased = await db.Database.SqlQuery<int>($"select erase_personal_changes({new[] { entry.Id }}) as \"Value\"").SingleAsync(Cancel);
        Assert.Equal(1, erased);
        Assert.Equal("{}", Assert.Single(await Log(company.Id)).Personal!.Cells);
    }

    [Fact]
    public async Task Save_Account_NeverLogsSecrets()
    {
        var user = await app.NewUser(Roles.Buyer, password: "とてもひみつのことば");

        await using var db = app.Database.Open();
        var entries = await db.ChangeLog.Include(e => e.Personal).Where(e => e.EntityId == user.Id.ToString()).ToListAsync(Cancel);
        var text = string.Concat(entries.Select(e => e.Cells + e.Personal?.Cells));
        Assert.Contains(user.Email!, text, StringComparison.Ordinal);
        Assert.DoesNotContain("PasswordHash", text, StringComparison.Ordinal);
        Assert.DoesNotContain("SecurityStamp", text, StringComparison.Ordinal);
        Assert.DoesNotContain(user.PasswordHash!, text, StringComparison.Ordinal);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task Edit(int id, Action<Company> edit) => await app.Use<TownDbContext, int>(async db =>
    {
        edit(await db.Companies.SingleAsync(c => c.Id == id));
        return await db.SaveChangesAsync();
    });

    private async Task<List<ChangeLogEntry>> Log(int companyId)
    {
        await using var db = app.Database.Open();
        return await db.ChangeLog.Include(e => e.Personal).Where(e => e.CompanyId == companyId).OrderBy(e => e.Id).ToListAsync(Cancel);
    }

    private static Dictionary<string, JsonElement> Cells(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
}
