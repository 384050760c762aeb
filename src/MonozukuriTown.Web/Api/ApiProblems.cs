using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace MonozukuriTown.Web.Api;

/// <summary>What went wrong, as RFC 9457 has it, in words for the person who writes the program.</summary>
public static class ApiProblems
{
    public const string ContentType = "application/problem+json";

    public static IResult Of(int status, string title, string detail) => Results.Problem(new ProblemDetails
    {
        Status = status,
        Title = title,
        Detail = detail,
    });

    public static IResult BadInput(string detail) => Of(StatusCodes.Status400BadRequest, "送られた内容に誤りがあります", detail);

    public static IResult NotFound() => Of(StatusCodes.Status404NotFound, "その入り口はありません", "使い方は /about/api、機械で読む説明は /openapi/v1.json にあります。");

    /// <summary>What nobody foresaw; the log has the rest.</summary>
    public static Task Unexpected(HttpContext context) =>
        Of(StatusCodes.Status500InternalServerError, "うまく処理できませんでした", "こちらの不具合です。少し待って、もう一度お試しください。").ExecuteAsync(context);

    public static IResult TooMany(TimeSpan wait) => Of(StatusCodes.Status429TooManyRequests, "しばらくお待ちください",
        string.Create(CultureInfo.InvariantCulture, $"短い時間に続けて呼ばれました。{Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))}秒待って、もう一度お試しください。"));
}
