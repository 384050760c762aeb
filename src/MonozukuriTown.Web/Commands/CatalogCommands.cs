using System.CommandLine;
using System.Globalization;
using MonozukuriTown.Core.Companies.Catalog;

namespace MonozukuriTown.Web.Commands;

public static class CatalogCommands
{
    private const int LinesShown = 50;

    /// <summary>Exit code of "something differed, and does no more".</summary>
    private const int Mended = 3;

    public static Command Reindex()
    {
        var command = new Command("reindex", "Compares what the running nodes search in with the database, says what differs, and has them read that again.");
        command.SetAction(async (_, cancellation) =>
        {
            await using var services = CommandServices.Create("command:reindex");
            var check = services.Get<CatalogCheck>();
            var found = await check.CompareAsync(cancellation);
            Print(found);
            List<int> differing = [.. found.Differing];
            if (differing.Count == 0)
                return IsWhole(found) ? 0 : 1;
            await check.MarkAsync(differing, cancellation);
            // Asking again makes each node take in its notes first.
            var now = await check.CompareAsync(cancellation);
            List<int> left = [.. now.Differing];
            if (left.Count > 0)
            {
                await Console.Error.WriteLineAsync($"読み直させましたが、まだ{left.Count:N0}社が違います（{string.Join("、", left.Take(LinesShown))}）。そのノードの記録を見て、必要なら起動し直してください。");
                return 1;
            }
            Console.WriteLine($"違っていた{differing.Count:N0}社を読み直させました。いまはすべて同じです。");
            return IsWhole(now) ? Mended : 1;
        });
        return command;
    }

    private static bool IsWhole(CatalogReport report) => report is { Unreadable.Count: 0, Unwatched.Count: 0, Silent: 0 };

    private static void Print(CatalogReport report)
    {
        Console.WriteLine($"データベース：掲載中で読める会社は{report.Listed:N0}社です。");
        foreach (var (company, why) in report.Unreadable.OrderBy(u => u.Key).Take(LinesShown))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  会社 {company} は読めません：{why}"));
        if (report.Unwatched.Count > 0)
            Console.WriteLine($"次の表の変更は検索に伝わりません：{string.Join("、", report.Unwatched)}。deploy/town migrate で直ります。");
        foreach (var node in report.Nodes)
        {
            Console.WriteLine(node.Differences.Count == 0
                ? $"ノード {node.Node}：{node.Companies:N0}社、すべてデータベースと同じです。"
                : $"ノード {node.Node}：{node.Companies:N0}社、うち{node.Differences.Count:N0}社がデータベースと違います。");
            foreach (var difference in node.Differences.Take(LinesShown))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  会社 {difference.Company} {report.Names.GetValueOrDefault(difference.Company)}：{Word(difference.Kind)}"));
            if (node.Differences.Count > LinesShown)
                Console.WriteLine($"  ほか{node.Differences.Count - LinesShown:N0}社");
        }
        if (report.Silent > 0)
            Console.WriteLine($"答えないノードが{report.Silent:N0}つあります。");
        else if (report.Nodes.Count == 0)
            Console.WriteLine("動いているノードはありません。ノードは起動するときに全部を読みます。");
    }

    private static string Word(CatalogDifferenceKind kind) => kind switch
    {
        CatalogDifferenceKind.Missing => "掲載中なのに、検索に出ません",
        CatalogDifferenceKind.Older => "検索の内容が違います",
        _ => "掲載中ではないのに、検索に出ます",
    };
}
