using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Imports;

namespace MonozukuriTown.Web.Pages.Staff.Imports;

/// <summary>An import in the words of its pages.</summary>
public static class ImportWords
{
    public static string Of(ImportKind kind, TownOptions town) => kind switch
    {
        ImportKind.Companies => "会社の掲載内容",
        ImportKind.Members => $"{town.NetworkName}の会員と入会日",
        ImportKind.Awards => $"{town.AwardName}の番号と年度",
        _ => "古いURLの行き先",
    };

    /// <summary>What is counted: 新しい2社, 新しい2件.</summary>
    public static string Unit(ImportKind kind) => kind == ImportKind.Companies ? "社" : "件";

    public static string Thing(ImportKind kind) => kind switch
    {
        ImportKind.Companies => "会社",
        ImportKind.Members => "会員の期間",
        ImportKind.Awards => "認定",
        _ => "行き先",
    };

    /// <summary>新しい2社、変わる3社; whichever there are.</summary>
    public static string Counts(ImportRun run, string added, string changed)
    {
        var unit = Unit(run.Kind);
        return string.Join('、', new[] { run.Added > 0 ? $"{added}{run.Added:N0}{unit}" : null, run.Changed > 0 ? $"{changed}{run.Changed:N0}{unit}" : null }.OfType<string>());
    }

    public static string State(ImportRun run) => run.Status switch
    {
        ImportStatus.Undone => "取り消しました",
        ImportStatus.Applied => Counts(run, "新規 ", "変更 "),
        _ when run.Refused > 0 => $"取り込めない行 {run.Refused:N0}行（何も書き込んでいません）",
        _ => "確かめただけ（何も書き込んでいません）",
    };
}
