using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Confirming;

namespace MonozukuriTown.Core.Audit;

/// <summary>One cell before and after, in words.</summary>
public sealed record CellChange(string Name, string? Old, string? New);

/// <summary>The change log in words. What has no word yet is shown by its code name: a record is never hidden.</summary>
public static class ChangeWords
{
    private static readonly FrozenDictionary<string, string> Entities = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Company"] = "会社",
        ["Capability"] = "加工対応範囲",
        ["Equipment"] = "設備",
        ["Product"] = "製品・事例",
        ["CompanyCertification"] = "認証",
        ["CompanySite"] = "事業所",
        ["CompanySection"] = "掲載内容の確認",
        ["CapabilityOffer"] = "設備からの推定",
        ["FreshnessRequest"] = "掲載内容の確認のお願い",
        ["FreshnessAnswer"] = "掲載内容の確認の返事",
        ["OldSlug"] = "前の掲載アドレス",
        ["OldAddress"] = "前のサイトのアドレス",
        ["CompanyUser"] = "掲載を直せる人",
        ["Membership"] = "会員",
        ["Award"] = "認定",
        ["TownEvent"] = "催し",
        ["WorkItem"] = "今日やること",
        ["TownUser"] = "アカウント",
        ["IdentityRole`1"] = "役割の種類",
        ["IdentityUserRole`1"] = "アカウントの役割",
        ["IdentityUserClaim`1"] = "アカウントの属性",
        ["IdentityUserLogin`1"] = "外部のログイン",
        ["IdentityRoleClaim`1"] = "役割の属性",
        ["Suppression"] = "配信停止",
        [ChangeHistory.PersonalEntity] = "個人の情報の閲覧",
        [ChangeHistory.DownloadEntity] = "個人の情報の書き出し",
        [ChangeHistory.RestoreEntity] = "アカウントの取り戻し",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Properties = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ExternalId"] = "企業ID",
        ["Status"] = "掲載状態",
        ["Name"] = "名前",
        ["Company.Name"] = "会社名",
        ["Kana"] = "読み",
        ["NameEn"] = "英語名",
        ["Slug"] = "掲載アドレス",
        ["CorporateNumber"] = "法人番号",
        ["InvoiceNumber"] = "登録番号",
        ["Representative"] = "代表者",
        ["ContactPerson"] = "担当者",
        ["ContactPersonVisibility"] = "担当者を見せる相手",
        ["ContactMethod"] = "連絡方法",
        ["Tel"] = "電話番号",
        ["TelVisibility"] = "電話番号を見せる相手",
        ["Fax"] = "FAX",
        ["FaxVisibility"] = "FAXを見せる相手",
        ["Email"] = "メール",
        ["EmailVisibility"] = "メールを見せる相手",
        ["Web"] = "ウェブサイト",
        ["PostalCode"] = "郵便番号",
        ["City"] = "市区町村",
        ["Town"] = "町名",
        ["Address"] = "番地",
        ["Latitude"] = "緯度",
        ["Longitude"] = "経度",
        ["FoundedYear"] = "創業年",
        ["CapitalYen"] = "資本金",
        ["Employees"] = "従業員",
        ["ClosedDays"] = "休業日",
        ["Summary"] = "紹介文",
        ["PrText"] = "PR文",
        ["Industries"] = "取引業界",
        ["Customers"] = "主な取引先",
        ["DataFormats"] = "データ形式",
        ["Materials"] = "材質",
        ["VisitOk"] = "見学可",
        ["PrototypeOk"] = "試作可",
        ["FromOnePiece"] = "1個から",
        ["ListedOn"] = "掲載日",
        ["CreatedAt"] = "登録日時",
        ["Limits.MaxLength"] = "最大の縦（mm）",
        ["Limits.MaxWidth"] = "最大の横（mm）",
        ["Limits.MaxHeight"] = "最大の高さ（mm）",
        ["Limits.DiameterFrom"] = "最小の径（mm）",
        ["Limits.DiameterTo"] = "最大の径（mm）",
        ["Limits.ThicknessFrom"] = "最小の板厚（mm）",
        ["Limits.ThicknessTo"] = "最大の板厚（mm）",
        ["Limits.Tolerance"] = "精度（±mm）",
        ["Limits.RoughnessRa"] = "粗さ（Ra）",
        ["Limits.LotFrom"] = "最小の数量",
        ["Limits.LotTo"] = "最大の数量",
        ["Process"] = "加工",
        ["ProcessId"] = "加工の分類",
        ["InHouse"] = "自社で加工",
        ["Note"] = "補足",
        ["Position"] = "並び順",
        ["Maker"] = "メーカー",
        ["Model"] = "型式",
        ["Equipment.Kind"] = "種類",
        ["Count"] = "台数",
        ["Size"] = "大きさ",
        ["Inspection"] = "検査設備",
        ["Description"] = "説明",
        ["CertificationId"] = "認証の分類",
        ["Version"] = "版",
        ["ConfirmedAt"] = "確認した日",
        ["Kind"] = "種類",
        ["JoinedOn"] = "入会日",
        ["LeftOn"] = "退会日",
        ["Machine"] = "機械",
        ["CapabilityOffer.State"] = "会社の答え",
        ["MailedAt"] = "メールに書いた日時",
        ["ToldAt"] = "知らせた日時",
        ["ToldBy"] = "知らせた方法",
        ["AnsweredAt"] = "答えた日時",
        ["LeaveReason"] = "退会の理由",
        ["Steward"] = "世話人",
        ["Number"] = "認定番号",
        ["FiscalYear"] = "認定年度",
        ["Title"] = "題名",
        ["StartsAt"] = "始まり",
        ["EndsAt"] = "終わり",
        ["Place"] = "場所",
        ["Published"] = "公開",
        ["Subject"] = "対象",
        ["Reason"] = "理由",
        ["WorkItem.Reason"] = "すること",
        ["FreshnessRequest.Way"] = "お願いのしかた",
        ["AskedAt"] = "お願いした日時",
        ["RemindedAt"] = "もう一度お願いした日時",
        ["HandedOnAt"] = "電話に切り替えた日時",
        ["FreshnessRequest.ClosedAt"] = "終わった日時",
        ["FreshnessAnswer.At"] = "言われた日",
        ["FreshnessAnswer.Way"] = "返事のしかた",
        ["FreshnessAnswer.Choice"] = "返事",
        ["FreshnessAnswer.Sections"] = "確認したところ",
        ["FreshnessAnswer.Who"] = "相手",
        ["FreshnessAnswer.Text"] = "内容",
        ["CallTime"] = "電話の都合",
        ["Due"] = "期限",
        ["OwnerId"] = "担当",
        ["OpenedAt"] = "始めた日時",
        ["ClosedAt"] = "済みにした日時",
        ["Link"] = "リンク",
        ["DisplayName"] = "氏名",
        ["UserName"] = "ログイン名",
        ["EmailConfirmed"] = "メールの確認ずみ",
        ["PhoneNumber"] = "電話番号",
        ["PhoneNumberConfirmed"] = "電話番号の確認ずみ",
        ["TwoFactorEnabled"] = "二段階の確認",
        ["LockoutEnd"] = "ロックの期限",
        ["LockoutEnabled"] = "ロックの対象",
        ["Filter"] = "しぼり込み",
        ["Words"] = "しぼり込みの言葉",
        ["AccountRestore.OfficeTel"] = "かけた電話番号（職員の名簿の番号）",
        ["AccountRestore.Tel"] = "かけた電話番号（掲載の番号）",
        ["AccountRestore.Note"] = "確かめたこと",
        ["Spoke"] = "話した相手",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Bookkeeping that says nothing to a reader. Of a row of today's work its reason says all.
    private static readonly FrozenSet<string> Silent = FrozenSet.Create(
        StringComparer.Ordinal, "SortKey", "CompanyId", "UserId", "WorkItem.Kind", "WorkItem.Subject", "WorkItem.Link", "PersonalDownload.Rows",
        "RequestId", "LinkId", "FreshnessAnswer.EnteredBy");

    public static IEnumerable<KeyValuePair<string, string>> EntityNames => Entities.OrderBy(e => e.Value, StringComparer.Ordinal);

    public static string Entity(string entity) => Entities.GetValueOrDefault(entity, entity);

    public static string? Property(string entity, string property) =>
        Properties.GetValueOrDefault($"{entity}.{property}") ?? Properties.GetValueOrDefault(property);

    public static bool IsSilent(string entity, string property) => Silent.Contains(property) || Silent.Contains($"{entity}.{property}");

    public static string Kind(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => "追加",
        ChangeKind.Changed => "変更",
        ChangeKind.Removed => "削除",
        ChangeKind.Viewed => "閲覧",
        _ => kind.ToString(),
    };

    /// <summary>Who acted, where no account did.</summary>
    public static string Actor(string actor) => actor switch
    {
        "anonymous" => "ログインしていない人",
        "import" => "取り込み",
        "system" => "システム",
        "mail" => "メールの送信",
        "link" => "メールのリンクを開いた人",
        _ when actor.StartsWith("command:", StringComparison.Ordinal) => "コマンド",
        _ when actor.StartsWith("job:", StringComparison.Ordinal) => "定期の処理",
        _ => Roles.Word(actor),
    };

    /// <param name="cells">{"Property":[old,new]} as the log holds it.</param>
    public static IReadOnlyList<CellChange> Cells(string entity, string cells)
    {
        using var json = JsonDocument.Parse(cells);
        return [.. json.RootElement.EnumerateObject().Where(cell => !IsSilent(entity, cell.Name) && cell.Value is { ValueKind: JsonValueKind.Array } && cell.Value.GetArrayLength() == 2)
            .Select(cell => new CellChange(Property(entity, cell.Name) ?? cell.Name, Value(cell.Name, cell.Value[0]), Value(cell.Name, cell.Value[1])))];
    }

    /// <summary>What somebody did, where cells don't say it.</summary>
    public static string? Sentence(string entity, string entityId, string cells)
    {
        if (entity is ChangeHistory.RestoreEntity)
            return "折り返しの電話で本人を確かめ、アカウントを取り戻しました。";
        if (entity is not ChangeHistory.DownloadEntity)
            return null;
        using var json = JsonDocument.Parse(cells);
        return $"{entityId}の一覧を{json.RootElement.GetProperty("Rows")[1].GetInt32():N0}件、ファイルに書き出しました。";
    }

    private static string? Value(string property, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.True => "はい",
        JsonValueKind.False => "いいえ",
        JsonValueKind.Number => value.TryGetDecimal(out var number) ? number.ToString("0.#####", CultureInfo.InvariantCulture) : value.GetRawText(),
        JsonValueKind.Array => value.GetArrayLength() == 0 ? null : string.Join('、', value.EnumerateArray().Select(v => Value(property, v))),
        JsonValueKind.String => Text(property, value.GetString()!),
        _ => value.GetRawText(),
    };

    private static string? Text(string property, string text)
    {
        if (text.Length == 0)
            return null;
        if (property is "Status" && Enum.TryParse<CompanyStatus>(text, out var status))
            return CompanyWords.Of(status);
        if (property.EndsWith("Visibility", StringComparison.Ordinal) && Enum.TryParse<Visibility>(text, out var visibility))
            return CompanyWords.Of(visibility);
        if (property is "Choice" && Enum.TryParse<FreshnessChoice>(text, out var choice))
            return FreshnessAnswers.Word(choice);
        if (property is "Way" && Enum.TryParse<AnsweredBy>(text, out var by))
            return FreshnessAnswers.Word(by);
        if (property is "Way" && Enum.TryParse<AskedBy>(text, out var way))
            return way is AskedBy.Mail ? "メール" : "FAXの返信票";
        if (property is "Sections" && Enum.TryParse<ListingSection>(text, out var section))
            return ListingSections.Word(section);
        if (property is "ContactMethod" && Enum.TryParse<ContactMethod>(text, out var method))
            return CompanyWords.Of(method);
        if (text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return JapaneseDate.Staff(date);
        if (text.Length < 20 || text[10] != 'T' || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment))
            return text;
        // The first moment of the calendar is no moment: nobody set one.
        return moment == default ? null : JapaneseDate.StaffTime(moment);
    }
}
