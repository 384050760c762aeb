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

    public static IResult TooMany(TimeSpan wait) => Of(StatusCodes.Status429TooManyRequests, "しばらくお待ちください",
        string.Create(CultureInfo.InvariantCulture, $"短い時間に続けて呼ばれました。{Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))}秒待って、もう一度お試しください。"));
}
