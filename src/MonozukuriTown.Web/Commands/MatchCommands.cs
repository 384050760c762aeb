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
        var command = new Command("match", "Matches a file of orders with a file of companies.") { companies, rfqs, output };
        command.SetAction(parsed =>
        {
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
        var qrels = Required("--qrels", "Judgements: order_id,firm_id,grade.");
        var command = new Command("evaluate", "Matches and scores the run against judgements.") { companies, rfqs, qrels };
        command.SetAction(parsed =>
        {
            Console.WriteLine(MatchFiles.Evaluate(parsed.GetRequiredValue(companies), parsed.GetRequiredValue(rfqs), parsed.GetRequiredValue(qrels),
                TownHome.Seeds("vocabulary")));
            return 0;
        });
        return command;
    }

    private static Option<string> Required(string name, string description) => new(name) { Required = true, Description = description };
}
