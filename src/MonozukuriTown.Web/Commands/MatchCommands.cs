using System.CommandLine;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Web.Commands;

/// <summary>Matching on files: needs no database and no settings.</summary>
public static class MatchCommands
{
    public static Command Match()
    {
        var companies = Required("--companies", "Companies, one JSON object a line.");
        var rfqs = Required("--rfqs", "Orders, one JSON object a line.");
        var output = Required("--out", "The run: rfq_id,rank,firm_id,score,verdict,reasons.");
        output.Required = false;
        var explain = new Option<string?>("--explain") { Description = "A company's id: prints the full sum for every order instead." };
        var command = new Command("match", "Matches a file of orders with a file of companies.") { companies, rfqs, output, explain };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(explain) is { } key)
            {
                foreach (var line in MatchFiles.Explain(parsed.GetRequiredValue(companies), parsed.GetRequiredValue(rfqs), key, TownHome.Seeds("vocabulary")))
                    Console.WriteLine(line);
                return 0;
            }
            if (parsed.GetValue(output) is null)
            {
                Console.Error.WriteLine("--out or --explain is needed");
                return 2;
            }
            var rows = MatchFiles.Run(parsed.GetRequiredValue(companies), parsed.GetRequiredValue(rfqs), parsed.GetRequiredValue(output),
                TownHome.Seeds("vocabulary"));
            Console.WriteLine($"{rows.Count} rows written to {parsed.GetRequiredValue(output)}");
            return 0;
        });
        return command;
    }

    public static Command Evaluate()
    {
        var companies = Required("--companies", "Companies, one JSON object a line.");
        var rfqs = Required("--rfqs", "Orders, one JSON object a line.");
        var qrels = new Option<string?>("--qrels") { Description = "Judgements: order_id,firm_id,grade." };
        var chains = new Option<string?>("--chains") { Description = "Judged steps of orders, one JSON object a line: order_id, steps with step and firms." };
        var command = new Command("evaluate", "Matches and scores the run against judgements.") { companies, rfqs, qrels, chains };
        command.SetAction(parsed =>
        {
            var (firms, orders) = (parsed.GetRequiredValue(companies), parsed.GetRequiredValue(rfqs));
            if (parsed.GetValue(qrels) is { } judged)
                Console.WriteLine(MatchFiles.Evaluate(firms, orders, judged, TownHome.Seeds("vocabulary")));
            if (parsed.GetValue(chains) is { } steps)
                Console.WriteLine(MatchFiles.EvaluateChains(firms, orders, steps, TownHome.Seeds("vocabulary")));
            return 0;
        });
        return command;
    }

    private static Option<string> Required(string name, string description) => new(name) { Required = true, Description = description };
}
