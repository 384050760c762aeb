using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Web.Components;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Companies;

/// <summary>会社概要: what is stated, in a fixed order; what this viewer may not see is not there.</summary>
public static class CompanyOverview
{
    private const string NotPublic = "公開していません";

    public static IReadOnlyList<(string Name, IHtmlContent Value)> Of(Listing listing, Viewer viewer, TownOptions town)
    {
        var company = listing.Company;
        List<(string, IHtmlContent)> rows = [];
        void Add(string name, IHtmlContent? value)
        {
            if (value is not null)
                rows.Add((name, value));
        }
        Add("英語名", Text(company.NameEn));
        Add("代表者", Text(company.Representative));
        if (viewer.MaySee(company.ContactPersonVisibility))
            Add("担当者", Text(company.ContactPerson));
        Add("所在地", Place(company));
        // Who hides the telephone hides it everywhere.
        var tel = viewer.MaySee(company.TelVisibility);
        Add("ほかの拠点", Lines(company.Sites.Select(s => $"{s.Name}（{s.City}{s.Town}{s.Address}）{(s.Tel is null || !tel ? "" : "　" + s.Tel)}")));
        Add("電話", Phone(company, viewer, town));
        if (viewer.MaySee(company.FaxVisibility))
            Add("FAX", Text(company.Fax));
        if (viewer.MaySee(company.EmailVisibility) && company.Email is { Length: > 0 } mail)
            Add("メール", Link("mailto:" + mail, mail));
        Add("ウェブサイト", Web(company.Web));
        Add("創業", company.FoundedYear is { } year ? Text(JapaneseDate.Year(year)) : null);
        Add("資本金", company.CapitalYen is { } yen ? Text(Capital(yen)) : null);
        Add("従業員", company.Employees is { } employees ? Text($"{Figures.Number(employees)}人") : null);
        Add("認証", List(company.Certifications.Select(c => c.Name)));
        Add("法人番号", Text(company.CorporateNumber));
        Add("適格請求書発行事業者の登録番号", Text(company.InvoiceNumber));
        Add("休業日", Text(company.ClosedDays));
        Add("受け取れる図面の形式", List(company.DataFormats));
        Add("主なお客さまの業界", List(company.Industries));
        Add("主なお客さま", List(company.Customers));
        if (listing.IsMember)
            Add(town.NetworkName, Text("会員"));
        return rows;
    }

    /// <summary>1,000万円, 1億2,000万円, 350,500円.</summary>
    public static string Capital(long yen)
    {
        const long man = 10_000, oku = 100_000_000;
        if (yen <= 0 || yen % man != 0)
            return $"{Figures.Number(yen)}円";
        return (yen >= oku ? $"{Figures.Number(yen / oku)}億" : "") + (yen % oku > 0 ? $"{Figures.Number(yen % oku / man)}万円" : "円");
    }

    private static HtmlContentBuilder Place(Company company)
    {
        var place = new HtmlContentBuilder();
        if (company.PostalCode is { Length: > 0 } code)
            place.Append("〒" + code).AppendHtml("<br>");
        place.Append($"{company.City}{company.Town}{company.Address}");
        if (company is { Latitude: { } latitude, Longitude: { } longitude })
        {
            var map = string.Create(CultureInfo.InvariantCulture, $"https://maps.gsi.go.jp/#17/{latitude:0.#####}/{longitude:0.#####}/");
            var link = Link(map, "地図で見る（地理院地図）");
            link.AddCssClass("screen-only");
            place.AppendHtml("<br>").AppendHtml(link);
        }
        return place;
    }

    private static IHtmlContent? Phone(Company company, Viewer viewer, TownOptions town) => company.Tel switch
    {
        null or "" => Text(NotPublic),
        { } tel when viewer.MaySee(company.TelVisibility) => Link(SiteLinks.Tel(tel), tel),
        _ when company.TelVisibility is Visibility.Members => Text($"{town.NetworkName}の会員に公開しています"),
        _ => Text(NotPublic),
    };

    private static IHtmlContent? Web(string? address)
    {
        if (string.IsNullOrWhiteSpace(address))
            return null;
        // Only what a browser should open; anything else stands as text.
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            ? Link(uri.AbsoluteUri, address) : Text(address);
    }

    private static TagBuilder Link(string href, string text)
    {
        var link = new TagBuilder("a");
        link.Attributes["href"] = href;
        if (href.StartsWith("http", StringComparison.Ordinal))
            link.Attributes["rel"] = "noopener nofollow";
        link.InnerHtml.Append(text);
        return link;
    }

    private static HtmlContentBuilder? Text(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : (HtmlContentBuilder)new HtmlContentBuilder().Append(text);

    private static HtmlContentBuilder? List(IEnumerable<string> items) => Text(string.Join('、', items));

    private static HtmlContentBuilder? Lines(IEnumerable<string> items)
    {
        var lines = new HtmlContentBuilder();
        foreach (var item in items)
        {
            if (lines.Count > 0)
                lines.AppendHtml("<br>");
            lines.Append(item);
        }
        return lines.Count > 0 ? lines : null;
    }
}
