using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Web.Api;

// What the API says and hears. Names and meanings are a promise of version 1: fields are added, never renamed or removed.

/// <summary>A listed company, by the fields its public page shows.</summary>
public sealed record ApiCompany
{
    [Description("掲載アドレスの終わりの部分。会社の見分けに使います。")]
    public required string Slug { get; init; }
    public required string Name { get; init; }

    [Description("会社名の読み。")]
    public string? Kana { get; init; }
    public string? NameEn { get; init; }

    [Description("紹介文。権利は各社にあり、CC BY 4.0 には含みません。")]
    public string? Summary { get; init; }

    [Description("市区町村。")]
    public string? City { get; init; }
    public int? Employees { get; init; }

    [Description("加工対応範囲。")]
    public required IReadOnlyList<ApiCapability> Capabilities { get; init; }

    [Description("会社全体の材質。")]
    public required IReadOnlyList<string> Materials { get; init; }

    [Description("会社全体の対応できる範囲。加工ごとの値があれば、そちらが先です。")]
    public ApiLimits? Limits { get; init; }
    public required IReadOnlyList<string> Certifications { get; init; }

    [Description("町の認定。番号と年度。")]
    public ApiAward? Award { get; init; }
    public bool VisitsWelcome { get; init; }
    public bool Prototypes { get; init; }
    public bool FromOnePiece { get; init; }

    [Description("会社が掲載内容を確認した月（YYYY-MM）。")]
    public string? ConfirmedMonth { get; init; }

    [Description("公開ページ。")]
    public required string Url { get; init; }
}

public sealed record ApiAward(int Number, int? FiscalYear);

public sealed record ApiCapability
{
    [Description("会社の言葉での加工。")]
    public required string Process { get; init; }

    [Description("語彙での記号（cut.turn など）。定まらないときはありません。")]
    public string? ProcessId { get; init; }
    public required IReadOnlyList<string> Materials { get; init; }

    [Description("対応できる範囲。書かれていない値は「不明」です。")]
    public ApiLimits? Limits { get; init; }

    [Description("協力会社で対応。")]
    public bool ByPartner { get; init; }
}

/// <summary>Millimetres, kilograms, pieces. What is not stated is missing.</summary>
public sealed record ApiLimits
{
    public double? LengthMm { get; init; }
    public double? WidthMm { get; init; }
    public double? HeightMm { get; init; }
    public double? DiameterFromMm { get; init; }
    public double? DiameterToMm { get; init; }
    public double? ThicknessFromMm { get; init; }
    public double? ThicknessToMm { get; init; }

    [Description("± の片側。")]
    public double? ToleranceMm { get; init; }

    [Description("Ra、µm。")]
    public double? RoughnessRa { get; init; }
    public double? WeightKg { get; init; }
    public long? LotFrom { get; init; }
    public long? LotTo { get; init; }
}

/// <summary>The conditions of a search, as they stand in the address.</summary>
public sealed record ApiSearch
{
    [FromQuery(Name = "q"), Description("さがす言葉。200字まで。")]
    public string? Q { get; init; }

    [FromQuery(Name = "process"), Description("加工の記号（cut、cut.turn など）。くり返せます。")]
    public string[]? Processes { get; init; }

    [FromQuery(Name = "material"), Description("材質の記号（sus、sus304 など）。くり返せます。")]
    public string[]? Materials { get; init; }

    [FromQuery(Name = "cert"), Description("認証の記号（iso9001 など）。くり返せます。")]
    public string[]? Certifications { get; init; }

    [FromQuery(Name = "town"), Description("市区町村。くり返せます。")]
    public string[]? Towns { get; init; }

    [FromQuery(Name = "size"), Description("従業員の数（1-4、5-9、10-19、20-49、50-99、100-）。くり返せます。")]
    public string[]? Sizes { get; init; }

    [FromQuery(Name = "award"), Description("1 なら、町の認定を受けた会社だけ。")]
    public string? Award { get; init; }

    [FromQuery(Name = "visit"), Description("1 なら、見学を受け入れる会社だけ。")]
    public string? Visit { get; init; }

    [FromQuery(Name = "sort"), Description("並び。kana（五十音）か confirmed（確認の新しい順）。")]
    public string? Sort { get; init; }

    [FromQuery(Name = "limit"), Description("1ページの数。1から100まで、書かなければ20。")]
    public string? Limit { get; init; }

    [FromQuery(Name = "cursor"), Description("前のページの nextCursor。")]
    public string? Cursor { get; init; }
}

/// <summary>One page of companies.</summary>
public sealed record ApiCompanies
{
    [Description("条件に合う会社の数。")]
    public required int Total { get; init; }
    public required IReadOnlyList<ApiCompany> Items { get; init; }

    [Description("次のページのカーソル。最後のページにはありません。")]
    public string? NextCursor { get; init; }
    public required ApiPageLinks Links { get; init; }

    [Description("データのライセンス。")]
    public string License { get; init; } = TownApi.License;
}

public sealed record ApiPageLinks(string Self, string? Next);

/// <summary>An order to be read and matched.</summary>
public sealed record ApiOrder
{
    [Description("引き合いの文。20,000字まで。")]
    public string? Text { get; init; }

    [Description("文のほかに分かっていること。文より優先します。")]
    public ApiOrderForm? Form { get; init; }

    [Description("返す会社の数。1から50まで、書かなければ20。")]
    public int? Limit { get; init; }
}

public sealed record ApiOrderForm
{
    [Description("数量。200、200/month、1000/year など。")]
    public string? Quantity { get; init; }
    public string? Material { get; init; }

    [Description("納期（週）。")]
    public double? DeadlineWeeks { get; init; }

    [Description("品物の大きさ（mm）。長さを3つまで。")]
    public IReadOnlyList<double>? MaxSizeMm { get; init; }

    [Description("公差 ± の片側（mm）。")]
    public double? ToleranceMm { get; init; }

    [Description("必要な認証。語彙の記号か名前。")]
    public IReadOnlyList<string>? Certifications { get; init; }
}

/// <summary>What was read, and who can do it.</summary>
public sealed record ApiMatchResult
{
    public required ApiNeed Need { get; init; }
    public required ApiCounts Counts { get; init; }

    [Description("合う順。条件に合わない会社は数だけを counts.excluded に示し、名前は出しません。")]
    public required IReadOnlyList<ApiMatch> Matches { get; init; }

    [Description("一社では全工程に足りないときの、複数社での対応案。")]
    public required IReadOnlyList<ApiChain> Chains { get; init; }

    [Description("文から分かることが少ないときの質問。答えの words を文に足して、もう一度送れます。")]
    public required IReadOnlyList<ApiQuestion> Questions { get; init; }

    [Description("合う会社がないときの理由と、ゆるめるとよい条件。")]
    public string? NobodyBecause { get; init; }
    public string License { get; init; } = TownApi.License;
}

public sealed record ApiCounts(int Fits, int Maybe, int Partly, int Excluded);

public sealed record ApiNeed
{
    public required IReadOnlyList<ApiFact> Facts { get; init; }

    [Description("工程の順。")]
    public required IReadOnlyList<ApiStep> Steps { get; init; }

    [Description("何を作るのか分からない文だった。")]
    public required bool IsVague { get; init; }
}

public sealed record ApiFact
{
    public required NeedKind Kind { get; init; }
    public required string Value { get; init; }
    public required string Label { get; init; }

    [Description("送られた文のどこから読み取ったか（UTF-16 の位置、終わりは含みません）。")]
    public int? Start { get; init; }
    public int? End { get; init; }

    [Description("確かさ（0から1）。")]
    public required double Sureness { get; init; }
    public string? InferredFrom { get; init; }

    [Description("あれば尚可。")]
    public bool IsWish { get; init; }
}

public sealed record ApiStep(string Label, IReadOnlyList<ApiStepProcess> Processes);

public sealed record ApiStepProcess(string Id, string Name, double Weight);

public sealed record ApiMatch
{
    public required int Rank { get; init; }

    [Description("fits：対応できます、maybe：条件つき、partly：一部の工程。")]
    public required Verdict Verdict { get; init; }
    public required ApiCompanyRef Company { get; init; }

    [Description("need.steps の番号（0から）。")]
    public required IReadOnlyList<int> Steps { get; init; }
    public bool WithPartners { get; init; }
    public required IReadOnlyList<ApiReason> Reasons { get; init; }
}

public sealed record ApiCompanyRef(string Slug, string Name, string? City, string Url);

/// <param name="Mark">fits ✓ or unknown △; nobody is named with ✗.</param>
public sealed record ApiReason(NeedKind Demand, ReasonMark Mark, string Order, string Company);

public sealed record ApiChain(ApiCompanyRef Lead, int Handovers, IReadOnlyList<ApiChainLink> Links);

public sealed record ApiChainLink(int Step, ApiCompanyRef Company, IReadOnlyList<ApiCompanyRef> Alternatives);

public sealed record ApiQuestion(string Text, IReadOnlyList<ApiAnswer> Answers);

/// <param name="Words">What to add to the order's text.</param>
public sealed record ApiAnswer(string Label, string Words);
