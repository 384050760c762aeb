using System.CommandLine;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Mail;

namespace MonozukuriTown.Web.Commands;

public static class UserCommands
{
    public static Command Users()
    {
        var command = new Command("users", "Accounts: the first administrator, a lost password, a list.") { Add(), List(), Password(), Unpair() };
        return command;
    }

    private static Command Add()
    {
        var mail = new Argument<string>("mail");
        var name = new Option<string>("--name") { Required = true, Description = "Name shown on the site." };
        var role = new Option<string>("--role") { Required = true, Description = string.Join(", ", Roles.All) };
        var command = new Command("add", "Adds an account; the password is read from standard input.") { mail, name, role };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!Roles.All.Contains(parsed.GetRequiredValue(role), StringComparer.Ordinal))
                throw new WrongUseException($"There is no role {parsed.GetRequiredValue(role)}; roles are {string.Join(", ", Roles.All)}.");
            await using var services = CommandServices.Create("command:users");
            var result = await services.Get<AccountService>().AddAsync(new NewAccount
            {
                Mail = parsed.GetRequiredValue(mail),
                Name = parsed.GetRequiredValue(name),
                Role = parsed.GetRequiredValue(role),
                Password = await ReadPasswordAsync(cancellation),
            }, cancellation);
            return Report(result, "The account was added.");
        });
        return command;
    }

    private static Command Password()
    {
        var mail = new Argument<string>("mail");
        var command = new Command("password", "Sets a new password, read from standard input, and ends the account's sessions.") { mail };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var services = CommandServices.Create("command:users");
            var users = services.Get<UserManager<TownUser>>();
            var user = await FindAsync(users, parsed.GetRequiredValue(mail));
            var token = await users.GeneratePasswordResetTokenAsync(user);
            return Report(await users.ResetPasswordAsync(user, token, await ReadPasswordAsync(cancellation)), "The password was set.");
        });
        return command;
    }

    private static Command Unpair()
    {
        var mail = new Argument<string>("mail");
        var command = new Command("unpair", "Forgets an account's authenticator and ends its sessions; at the next sign-in staff set up a new one.") { mail };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var services = CommandServices.Create("command:users");
            var user = await FindAsync(services.Get<UserManager<TownUser>>(), parsed.GetRequiredValue(mail));
            await services.Get<Authenticators>().TurnOffAsync(user, cancellation);
            Console.WriteLine("The authenticator was forgotten.");
            return 0;
        });
        return command;
    }

    private static async Task<TownUser> FindAsync(UserManager<TownUser> users, string typed) =>
        await users.FindByEmailAsync(EmailAddress.TryParse(typed, out var address) ? address.Value : typed)
            ?? throw new WrongUseException("There is no account with that address.");

    private static Command List()
    {
        var command = new Command("list", "Lists accounts with their roles.");
        command.SetAction(async (_, cancellation) =>
        {
            await using var services = CommandServices.Create("command:users");
            var db = services.Get<TownDbContext>();
            var rows = await (from user in db.Users
                              orderby user.Email
                              select new
                              {
                                  user.Email,
                                  user.DisplayName,
                                  Roles = from link in db.UserRoles
                                          join role in db.Roles on link.RoleId equals role.Id
                                          where link.UserId == user.Id
                                          select role.Name,
                              }).AsNoTracking().ToListAsync(cancellation);
            await services.Get<ChangeHistory>().DownloadedAsync("アカウント", rows.Count, filter: null, words: null, cancellation);
            foreach (var row in rows)
                Console.WriteLine($"{row.Email}\t{row.DisplayName}\t{string.Join(',', row.Roles)}");
            return 0;
        });
        return command;
    }

    private static async Task<string> ReadPasswordAsync(CancellationToken cancellation) => (await Console.In.ReadLineAsync(cancellation))?.TrimEnd()
        ?? throw new WrongUseException("The password is read from standard input, and nothing came.");

    private static int Report(IdentityResult result, string done)
    {
        if (result.Succeeded)
        {
            Console.WriteLine(done);
            return 0;
        }
        Console.Error.WriteLine(string.Join(Environment.NewLine, result.Errors.Select(e => e.Description)));
        return 1;
    }
}
