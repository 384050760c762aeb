using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Tests.Support;
using Npgsql;

namespace MonozukuriTown.Tests.Data;

public class TownDatabaseTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Migrate_AgainOnAMigratedDatabase_ChangesNothing()
    {
        Assert.Empty(await Core.Data.TownDatabase.MigrateAsync(database.OwnerConnection, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Model_HasNoPendingMigration()
    {
        using var db = database.Open();
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Company_WithItsParts_ComesBackWhole()
    {
        var saved = await database.Data.Company(c => c.Listed().Member().Awarded()
            .With("旋盤加工", materials: ["SUS304"], set: p => p.Limits.Tolerance = 0.005m)
            .WithEquipment("NC旋盤", "ツガミ", "M08SY", 6));
        await using var db = database.Open();
        var company = await db.Companies.Include(c => c.Capabilities).Include(c => c.Equipment)
            .SingleAsync(c => c.Id == saved.Id, TestContext.Current.CancellationToken);
        Assert.Equal(CompanyStatus.Listed, company.Status);
        var capability = Assert.Single(company.Capabilities);
        Assert.Equal(("旋盤加工", "SUS304", 0.005m), (capability.Process, Assert.Single(capability.Materials), capability.Limits.Tolerance));
        Assert.Equal(6, Assert.Single(company.Equipment).Count);
        Assert.Equal(1, await db.Memberships.CountAsync(m => m.CompanyId == saved.Id, TestContext.Current.CancellationToken));
        Assert.Equal(1, await db.Awards.CountAsync(a => a.CompanyId == saved.Id, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("update change_log set reason = 'x'")]
    [InlineData("delete from change_log")]
    [InlineData("update change_log_personal set cells = '{}'")]
    [InlineData("truncate change_log")]
    [InlineData("drop table change_log")]
    [InlineData("alter table change_log add column x int")]
    [InlineData("create table mine (id int)")]
    [InlineData("delete from \"__EFMigrationsHistory\"")]
    public async Task AppRole_ChangingTheLogOrTheTables_IsRefused(string sql)
    {
        await using var connection = new NpgsqlConnection(database.Connection);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }
}
