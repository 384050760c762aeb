using System.CommandLine;
using System.Globalization;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Imports;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Web.Commands;

public static class DatabaseCommands
{
    private const int MaxGenerated = 200_000;
    private const int PerImport = 2_000;

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

    public static Command Seed() => new("seed", "Fills a database: the demo town, or companies for load tests.") { SeedDemo(), SeedCompanies() };

    private static Command SeedDemo()
    {
        var command = new Command("demo", "The fictional demo town with accounts for every role; again, it changes nothing.");
        command.SetAction(async (_, cancellation) =>
        {
            await using var services = CommandServices.Create("command:seed");
            await services.Get<DemoSeed>().RunAsync(cancellation);
            return 0;
        });
        return command;
    }

    private static Command SeedCompanies()
    {
        var count = new Argument<int>("count") { Description = "How many generated companies there are to be." };
        count.Validators.Add(result =>
        {
            // From the word itself: asking for the number of a word that is none throws.
            if (!int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var number) || number is < 1 or > MaxGenerated)
                result.AddError($"The number of companies is from 1 to {MaxGenerated}.");
        });
        var command = new Command("companies", "Adds generated companies (G000001 …) for load tests.") { count };
        command.SetAction(async (parsed, cancellation) =>
        {
            var total = parsed.GetRequiredValue(count);
            for (var from = 1; from <= total; from += PerImport)
            {
                // A scope each: the change tracker of ten thousand companies is not carried on to the next.
                await using var services = CommandServices.Create("command:seed");
                var imports = services.Get<ImportService>();
                using var file = GeneratedCompanies.Write(from, Math.Min(PerImport, total - from + 1));
                var run = await imports.CheckAsync(ImportKind.Companies, file, $"generated-{from}.jsonl", cancellation);
                if (run.Added + run.Changed == 0)
                    continue;
                var result = await imports.ApplyAsync(run.Id, cancellation);
                Console.WriteLine($"{from}: {result.Sentence}");
                if (!result.Done)
                    return 1;
            }
            return 0;
        });
        return command;
    }
}
