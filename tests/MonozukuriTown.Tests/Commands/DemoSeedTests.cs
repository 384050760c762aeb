using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Indicators;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Commands;

public class DemoSeedTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    // Not where the demo town that runs in this checkout has its own.
    private static readonly string AccountsFile = Path.Combine(AppContext.BaseDirectory, "demo-accounts.txt");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DemoTown_IsWhatTheTownsOwnFiguresSay_AndStaysSo()
    {
        await SeedAsync();
        var town = new ConfigurationBuilder().AddJsonFile(TownHome.Seeds("demo", "town.json")).Build()["Town:City"]!;
        await using var db = database.Open();
        var state = await new TownFigures(db, new TownClock(TimeProvider.System)).TodayAsync(new TownOptions { City = town }, Stop);
        Assert.Equal((136, 101, 69), (state.ListedInTown, state.Members, state.Awards));
        Assert.Equal(69, await db.Awards.CountAsync(a => db.Companies.Any(c => c.Id == a.CompanyId && c.City == town), Stop));

        var accounts = await File.ReadAllTextAsync(AccountsFile, Stop);
        Assert.All(Roles.All, role => Assert.Contains(role, accounts, StringComparison.Ordinal));
        WorkingDays days = new(Holidays.Load(TownHome.Seeds("reference", "holidays.csv")));
        var due = await db.WorkItems.Select(w => w.Due).ToListAsync(Stop);
        Assert.NotEmpty(due);
        Assert.All(due, day => Assert.True(days.IsWorking(day), $"{day} is no working day"));

        var log = await db.ChangeLog.CountAsync(Stop);
        await SeedAsync();
        Assert.Equal(log, await db.ChangeLog.CountAsync(Stop));
        Assert.Equal(accounts, await File.ReadAllTextAsync(AccountsFile, Stop));
    }

    [Fact]
    public async Task AccountsThatOutlivedTheirFile_GetANewPassword_AndTheFileSaysIt()
    {
        await SeedAsync();
        File.Delete(AccountsFile);
        await using var db = database.Open();
        var admin = db.Users.AsNoTracking().Where(u => u.Email == "admin@example.jp").Select(u => new { u.PasswordHash, u.SecurityStamp });
        var before = await admin.SingleAsync(Stop);
        Assert.Contains("15 of them have a new one", await SeedAsync(), StringComparison.Ordinal);
        var now = await admin.SingleAsync(Stop);
        Assert.NotEqual(before.SecurityStamp, now.SecurityStamp);
        var lines = await File.ReadAllLinesAsync(AccountsFile, Stop);
        Assert.Equal(16, lines.Length);
        var secret = lines[0].Split(": ")[1];
        Assert.Equal(PasswordVerificationResult.Success, new PasswordHasher<string>().VerifyHashedPassword("", now.PasswordHash!, secret));
        Assert.NotEqual(PasswordVerificationResult.Success, new PasswordHasher<string>().VerifyHashedPassword("", before.PasswordHash!, secret));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(AccountsFile));
    }

    private async Task<string> SeedAsync()
    {
        var run = await TownCommand.RunAsync(database.Connection, new() { ["Demo__AccountsFile"] = AccountsFile }, Stream.Null, "seed", "demo");
        Assert.True(run.Code == 0, run.Out + run.Error);
        return run.Out;
    }
}
