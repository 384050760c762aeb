using System.CommandLine;
using System.Globalization;
using MonozukuriTown.Core.Imports;

namespace MonozukuriTown.Web.Commands;

/// <summary>Bringing files in. Without --apply nothing is written: the report says what would be.</summary>
public static class ImportCommands
{
    private const int LinesShown = 100;

    public static Command Import()
    {
        var command = new Command("import", "Brings a file in: shows what it would change, and with --apply does so.") { Undo() };
        foreach (var (name, kind, description) in ((string, ImportKind, string)[])
        [
            ("companies", ImportKind.Companies, "Companies: JSONL, or CSV (UTF-8 or CP932) or Excel with Japanese headers."),
            ("members", ImportKind.Members, "Memberships with join dates: 企業ID, 入会日, 退会日, 退会理由, 世話人."),
            ("awards", ImportKind.Awards, "Awards: 企業ID, 認定番号, 認定年度, 認定製品・技術."),
            ("redirects", ImportKind.Redirects, "Addresses of the old portal: 旧URL, 企業ID."),
        ])
        {
            command.Add(Of(name, kind, description));
        }
        return command;
    }

    private static Command Of(string name, ImportKind kind, string description)
    {
        var file = new Argument<FileInfo>("file") { Description = "CSV, Excel (.xlsx) or JSONL, up to 20 MB." };
        var apply = new Option<bool>("--apply") { Description = "Writes what the report says, all of it or nothing." };
        var command = new Command(name, description) { file, apply };
        command.SetAction(async (parsed, cancellation) =>
        {
            var info = parsed.GetRequiredValue(file);
            if (!info.Exists)
                throw new WrongUseException($"There is no file {info.FullName}.");
            await using var services = CommandServices.Create("command:import");
            var imports = services.Get<ImportService>();
            await using var stream = info.OpenRead();
            var run = await imports.CheckAsync(kind, stream, info.Name, cancellation);
            var report = (await imports.ReportAsync(run.Id, cancellation))!;
            Print(report);
            if (report.Refused.Count > 0)
            {
                await Console.Error.WriteLineAsync($"取り込めない行が{run.Refused:N0}行あります。何も書き込んでいません。ファイルを直して、もう一度お試しください。");
                return 1;
            }
            if (report.Nothing is { } nothing)
            {
                Console.WriteLine(nothing);
                return 0;
            }
            if (!parsed.GetValue(apply))
            {
                Console.WriteLine("まだ何も書き込んでいません。取り込むには --apply を付けてください。");
                return 0;
            }
            return await TellAsync(await imports.ApplyAsync(run.Id, cancellation));
        });
        return command;
    }

    private static Command Undo()
    {
        var command = new Command("undo", "Takes the newest import back; what people edited since stays.");
        command.SetAction(async (_, cancellation) =>
        {
            await using var services = CommandServices.Create("command:import");
            var imports = services.Get<ImportService>();
            if (await imports.LastAppliedAsync(cancellation) is not { } last)
            {
                Console.WriteLine("取り消せる取り込みはありません。");
                return 0;
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"取り込み {last.Id}（{last.FileName}）を取り消します。"));
            return await TellAsync(await imports.UndoAsync(last.Id, cancellation));
        });
        return command;
    }

    private static async Task<int> TellAsync(ImportResult result)
    {
        await (result.Done ? Console.Out : Console.Error).WriteLineAsync(result.Sentence);
        return result.Done ? 0 : 1;
    }

    private static void Print(ImportReport report)
    {
        Console.WriteLine($"{report.Rows:N0}行、{report.Format}として読みました。");
        Console.WriteLine($"新しい {report.Added.Count:N0}、変わる {report.Changed.Count:N0}、変わらない {report.Unchanged:N0}、取り込めない {report.RefusedRows:N0}");
        report.Notes.ForEach(Console.WriteLine);
        Lines(report.Refused.Select(r => $"{r.Line:N0}行目 {r.Name} {r.Field}「{r.Written}」: {r.Reason}"), report.Refused.Count);
        Lines(report.Changed.SelectMany(r => r.Cells.Select(c => $"変わる {r.Name} {c.Field}: {Empty(c.Before)} → {Empty(c.After)}")), report.Changed.Sum(r => r.Cells.Count));
        Lines(report.Added.Select(r => $"新しい {r.Name} {string.Join(' ', r.Values.Where(v => v.Length > 0))}"), report.Added.Count);
    }

    private static string Empty(string text) => text.Length > 0 ? text.Replace('\n', ' ') : "（空）";

    private static void Lines(IEnumerable<string> lines, int count)
    {
        foreach (var line in lines.Take(LinesShown))
            Console.WriteLine(line);
        if (count > LinesShown)
            Console.WriteLine($"ほか {count - LinesShown:N0}件");
    }
}
