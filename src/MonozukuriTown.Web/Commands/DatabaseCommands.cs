using System.CommandLine;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Web.Commands;

public static class DatabaseCommands
{
    public static Command Migrate()
    {
        var command = new Command("migrate", "Brings the database to this program's shape.");
        command.SetAction(async (_, cancellation) =>
        {
            var configuration = TownHost.CreateBuilder([]).Configuration;
            var applied = await TownDatabase.MigrateAsync(TownHost.OwnerConnectionString(configuration), cancellation);
            foreach (var name in applied)
                Console.WriteLine($"applied {name}");
            Console.WriteLine(applied.Count == 0 ? "The database is up to date." : $"{applied.Count} migrations applied.");
            return 0;
        });
        return command;
    }

    public static Command Seed()
    {
        var command = new Command("seed", "Fills an empty database.");
        return command;
    }
}
