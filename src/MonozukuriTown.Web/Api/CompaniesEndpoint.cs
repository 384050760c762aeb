using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using MonozukuriTown.Core.Companies.Catalog;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Matching;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Api;

/// <summary><c>GET /api/v1/companies</c>: the search of <c>/companies</c> for programs.</summary>
public static class CompaniesEndpoint
{
    private const int LimitMost = 100;
    private const int LimitUsual = 20;
    private const int OffsetMost = 1_000_000;

    private static readonly string[] Known = ["q", "process", "material", "cert", "town", "size", "award", "visit", "sort", "limit", "cursor"];

    /// <summary>Where a page ended: how far it was, and the last company on it, so that an edit between two pages neither repeats nor skips one nearby.</summary>
    private sealed record Cursor(int Offset, string Last, string Search);

    public static async Task<IResult> GetAsync(
        HttpContext context, CatalogFeed feed, CatalogSums sums, IOptions<TownOptions> town, IOptions<JsonOptions> json, [AsParameters] ApiSearch asked)
    {
        var catalog = await feed.ReadyAsync(context.RequestAborted);
        if (Problem(context.Request.Query, catalog, sums, asked) is { } problem)
            return ApiProblems.BadInput(problem);
        if (Number(asked.Limit, LimitUsual, LimitMost) is not { } size)
            return ApiProblems.BadInput($"limit は1から{LimitMost}までの数にしてください。");
        var address = CompanySearchAddress.Read(context.Request.Query) with { Page = 1 };
        var search = Mark(address);
        var from = new Cursor(0, "", search);
        if (asked.Cursor is { } cursor)
        {
            if (Read(cursor) is not { } read || !string.Equals(read.Search, search, StringComparison.Ordinal))
                return ApiProblems.BadInput("cursor が正しくありません。前のページの nextCursor を、同じ条件と一緒にそのまま送ってください。");
            from = read;
        }
        var (total, items, offset) = Take(catalog, address, size, from);
        var next = items.Count > 0 && offset + items.Count < total ? Write(new(offset + items.Count, items[^1].Slug, search)) : null;
        var page = new ApiCompanies
        {
            Total = total,
            Items = [.. items.Select(c => ApiWriter.Company(c, catalog.Vocabulary, town.Value))],
            NextCursor = next,
            Links = new(Link(town.Value, address, size, asked.Cursor), next is null ? null : Link(town.Value, address, size, next)),
        };
        return Answer(context, JsonSerializer.SerializeToUtf8Bytes(page, json.Value.SerializerOptions), feed.ChangedAt);
    }

    // A condition nobody understands would silently find too much: it is told instead.
    private static string? Problem(IQueryCollection query, CompanyCatalog catalog, CatalogSums sums, ApiSearch asked)
    {
        if (query.Keys.FirstOrDefault(k => !Known.Contains(k, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            return $"条件「{Short(unknown)}」はありません。使えるのは {string.Join("、", Known)} です。";
        if (asked.Q?.Length > CompanySearchAddress.WordsMax)
            return $"q は{CompanySearchAddress.WordsMax}字までにしてください（いま{asked.Q.Length}字）。";
        var vocabulary = catalog.Vocabulary;
        var towns = sums.Of(catalog).Towns;
        foreach (var (name, isKnown) in new (string, Func<string, bool>)[]
        {
            ("process", v => vocabulary.FindProcess(v) is not null), ("material", v => vocabulary.FindMaterial(v) is not null),
            ("cert", v => vocabulary.FindCertification(v) is not null), ("town", v => towns.Contains(v, StringComparer.Ordinal)),
            ("size", v => EmployeeClass.All.Any(k => string.Equals(k.Id, v, StringComparison.Ordinal))),
        })
        {
            if (query[name].FirstOrDefault(v => string.IsNullOrWhiteSpace(v) || !isKnown(v)) is { } value)
                return $"{name} の値「{Short(value)}」は知られていません。";
        }
        if (asked.Award is not (null or "1"))
            return "award は 1 だけです。";
        if (asked.Visit is not (null or "1"))
            return "visit は 1 だけです。";
        return asked.Sort is null or "kana" or "confirmed" ? null : "sort は kana か confirmed にしてください。";
    }

    private static (int Total, List<CompanyFacts> Items, int Offset) Take(CompanyCatalog catalog, CompanySearchAddress address, int size, Cursor from)
    {
        SearchResult Page(int number) => CompanySearch.Search(catalog, (address with { Page = number }).ToQuery(catalog.Vocabulary, size));
        var number = from.Offset / size + 1;
        var here = Page(number);
        if (from.Offset == 0)
            return (here.Total, [.. here.Hits.Select(h => h.Company)], 0);
        // Where the last company stands now; when it is gone, where it stood.
        var start = Math.Max(number - 1, 1);
        List<CompanyFacts> around = [.. (start == number ? here : Page(start)).Hits.Select(h => h.Company)];
        if (start != number)
            around.AddRange(here.Hits.Select(h => h.Company));
        var last = around.FindIndex(c => string.Equals(c.Slug, from.Last, StringComparison.Ordinal));
        var first = last >= 0 ? last + 1 : Math.Min(from.Offset - (start - 1) * size, around.Count);
        if (around.Count - first < size)
            around.AddRange(Page(number + 1).Hits.Select(h => h.Company));
        return (here.Total, around.GetRange(first, Math.Min(size, around.Count - first)), (start - 1) * size + first);
    }

    private static IResult Answer(HttpContext context, byte[] body, DateTimeOffset changed)
    {
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = new EntityTagHeaderValue($"\"{Base64Url.EncodeToString(SHA256.HashData(body).AsSpan(0, 15))}\"");
        headers.LastModified = changed;
        headers.CacheControl = new() { Public = true, MaxAge = TimeSpan.FromMinutes(1) };
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers.AccessControlExposeHeaders = "ETag";
        var asked = context.Request.GetTypedHeaders();
        var same = asked.IfNoneMatch.Count > 0
            ? asked.IfNoneMatch.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(headers.ETag, useStrongComparison: false))
            : asked.IfModifiedSince is { } since && since >= headers.LastModified;
        return same ? Results.StatusCode((int)HttpStatusCode.NotModified) : Results.Bytes(body, "application/json; charset=utf-8");
    }

    private static int? Number(string? text, int usual, int most) => text is null ? usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number : null;

    /// <summary>Tells whether a cursor belongs to this search.</summary>
    private static string Mark(CompanySearchAddress address) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes((address with { Page = 1 }).Url())).AsSpan(0, 6));

    private static string Write(Cursor cursor) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{cursor.Offset} {cursor.Search} {cursor.Last}")));

    private static Cursor? Read(string text)
    {
        if (text.Length > 300 || !Base64Url.IsValid(text))
            return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ');
        return parts.Length == 3 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var offset) && offset is > 0 and <= OffsetMost
            ? new(offset, parts[2], parts[1]) : null;
    }

    private static string Link(TownOptions town, CompanySearchAddress address, int size, string? cursor)
    {
        var search = (address with { Page = 1 }).Url()[CompanyLinks.Search.Length..].TrimStart('?');
        List<string> parts = search.Length > 0 ? [search] : [];
        parts.Add(string.Create(CultureInfo.InvariantCulture, $"limit={size}"));
        if (cursor is not null)
            parts.Add("cursor=" + cursor);
        return $"{town.BaseUrl.TrimEnd('/')}{SiteLinks.ApiCompanies}?{string.Join('&', parts)}";
    }

    internal static string Short(string text) => TypedText.Line(text, 60);
}
