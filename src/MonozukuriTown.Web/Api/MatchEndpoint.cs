using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies.Catalog;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Matching;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Web.Api;

/// <summary><c>POST /api/v1/match</c>: reads an order and finds who can make it. Nothing of it is kept.</summary>
public static class MatchEndpoint
{
    /// <summary>The order's own shape needs four levels.</summary>
    public const int DepthMax = 16;

    /// <summary>20,000 characters in any writing, escaped, with room for the form.</summary>
    private const int BodyMax = 256 << 10;
    private const int LimitMost = 50;
    private const int FieldMax = 200;
    private const double NumberMost = 1_000_000;

    public static async Task<IResult> PostAsync(
        HttpContext context, CatalogFeed feed, CatalogSums sums, TownClock clock, IOptions<TownOptions> town, IOptions<JsonOptions> json)
    {
        if (WrongType(context.Request) is { } wrong)
            return wrong;
        if (await BodyAsync(context.Request, context.RequestAborted) is not { } body)
            return ApiProblems.Of(StatusCodes.Status413PayloadTooLarge, "送られたものが大きすぎます", $"本文は{BodyMax / 1024}KBまでにしてください。");
        if (body.Length == 0)
            return ApiProblems.BadInput("本文が空です。{\"text\":\"…\"} の形で送ってください。");
        if (!Utf8.IsValid(body))
            return ApiProblems.BadInput("文字コードは UTF-8 にしてください。");
        ApiOrder order;
        try
        {
            order = JsonSerializer.Deserialize<ApiOrder>(body, json.Value.SerializerOptions) ?? new();
        }
        catch (JsonException e)
        {
            return ApiProblems.BadInput($"JSON を読めませんでした（{Place(e)}）。項目の名前と形は /openapi/v1.json にあります。");
        }
        var catalog = await feed.ReadyAsync(context.RequestAborted);
        if (Problem(order, catalog.Vocabulary) is { } problem)
            return ApiProblems.BadInput(problem);
        var reader = new RfqReader(catalog.Vocabulary) { Towns = sums.Of(catalog).Towns, Today = clock.Today };
        var need = reader.Read(TypedText.Lines(order.Text, RfqReader.MaxLength), Form(order.Form));
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(ApiWriter.Match(Matcher.Match(catalog, need, order.Limit ?? Matcher.DefaultLimit), catalog.Vocabulary, town.Value), json.Value.SerializerOptions);
    }

    public static IResult WrongType() =>
        ApiProblems.Of(StatusCodes.Status415UnsupportedMediaType, "本文の種類がちがいます", "Content-Type: application/json で送ってください。");

    private static IResult? WrongType(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            return WrongType();
        if (type.Charset.HasValue && !type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return ApiProblems.Of(StatusCodes.Status415UnsupportedMediaType, "文字コードがちがいます", "文字コードは UTF-8 にしてください。");
        return null;
    }

    // By hand: the limit holds whoever serves, and what is too long gets a sentence.
    private static async Task<byte[]?> BodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > BodyMax)
            return null;
        using var body = new MemoryStream();
        var part = new byte[16 << 10];
        int n;
        while ((n = await request.Body.ReadAsync(part, cancellation)) > 0)
        {
            if (body.Length + n > BodyMax)
                return null;
            body.Write(part, 0, n);
        }
        // A mark at the beginning is no part of JSON, but Windows likes to write one.
        var bytes = body.ToArray();
        return bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
    }

    private static string? Problem(ApiOrder order, Vocabulary vocabulary)
    {
        if (order.Text?.Length > RfqReader.MaxLength)
            return $"text は{RfqReader.MaxLength:N0}字までにしてください（いま{order.Text.Length:N0}字）。";
        var form = order.Form;
        if (string.IsNullOrWhiteSpace(order.Text) && form is not ({ Material.Length: > 0 } or { Quantity.Length: > 0 } or { MaxSizeMm.Count: > 0 }))
            return "text が空です。引き合いの文を入れてください。";
        if (order.Limit is < 1 or > LimitMost)
            return $"limit は1から{LimitMost}までの数にしてください。";
        if (form is null)
            return null;
        if (form.Quantity?.Length > FieldMax || form.Material?.Length > FieldMax)
            return $"form の quantity と material は{FieldMax}字までにしてください。";
        if (form.MaxSizeMm?.Count > 3)
            return "form.maxSizeMm は長さを3つまでにしてください。";
        if ((form.MaxSizeMm ?? []).Append(form.ToleranceMm ?? 1).Append(form.DeadlineWeeks ?? 1).Any(v => v is not (> 0 and <= NumberMost)))
            return "form の数は、0より大きく1,000,000までにしてください。";
        return form.Certifications?.FirstOrDefault(c => string.IsNullOrWhiteSpace(c) || vocabulary.FindCertification(c) is null) is { } unknown
            ? $"form.certifications の「{CompaniesEndpoint.Short(unknown)}」は知られていません。" : null;
    }

    private static RfqForm? Form(ApiOrderForm? form) => form is null ? null : new()
    {
        Quantity = form.Quantity is { } quantity ? TypedText.Line(quantity, FieldMax) : null,
        Material = form.Material is { } material ? TypedText.Line(material, FieldMax) : null,
        DeadlineWeeks = form.DeadlineWeeks,
        MaxSizeMm = form.MaxSizeMm ?? [],
        ToleranceMm = form.ToleranceMm,
        Certifications = form.Certifications ?? [],
    };

    private static string Place(JsonException e) =>
        e.Path is { Length: > 1 } path ? $"{CompaniesEndpoint.Short(path)} のあたり" : $"{(e.LineNumber ?? 0) + 1}行目の{(e.BytePositionInLine ?? 0) + 1}バイト目のあたり";
}
