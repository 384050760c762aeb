using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Api;

/// <summary>The ways in for other programs: <c>/api/v1</c>, described at <c>/openapi/v1.json</c>.</summary>
public static class TownApi
{
    public const string License = "CC BY 4.0";
    public const string LicenseUrl = "https://creativecommons.org/licenses/by/4.0/deed.ja";

    /// <summary>Of the document: /openapi/v1.json.</summary>
    private const string Version = "v1";

    public static IServiceCollection AddTownApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(o =>
        {
            var json = o.SerializerOptions;
            json.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
            json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
            // A misspelt field is told, not passed over.
            json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.AllowDuplicateProperties = false;
            json.NumberHandling = JsonNumberHandling.Strict;
            json.MaxDepth = MatchEndpoint.DepthMax;
        });
        return services.AddOpenApi(Version, o =>
        {
            o.ShouldInclude = way => way.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
            o.AddDocumentTransformer((document, context, _) =>
            {
                var town = context.ApplicationServices.GetRequiredService<IOptions<TownOptions>>().Value;
                document.Info = new()
                {
                    Title = $"{town.Name} API",
                    Version = "1",
                    Description = $"掲載している会社をさがし、引き合いの文から作れる会社を見つけます。データのライセンスは {License} です（出典：{town.Name}。紹介文の権利は各社にあり、含みません）。使い方は {SiteLinks.Api} にあります。",
                    License = new() { Name = License, Url = new Uri(LicenseUrl) },
                };
                // Never from the Host header.
                document.Servers = [new() { Url = town.BaseUrl.TrimEnd('/') }];
                return Task.CompletedTask;
            });
        });
    }

    public static void MapTownApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1").AllowAnonymous().AddEndpointFilter(AnswerAsync);
        api.MapGet("/companies", CompaniesEndpoint.GetAsync).WithName("searchCompanies").WithSummary("会社をさがす")
            .WithDescription("条件は /companies のページと同じです。同じ種類の条件は「どれか」、ちがう種類の条件は「すべて」になります。並びは、言葉があれば関連の高い順、なければ確認の新しい順です。")
            .RequireRateLimiting(RateLimits.Api)
            .Produces<ApiCompanies>().Produces(StatusCodes.Status304NotModified)
            .Produces<ProblemDetails>(StatusCodes.Status400BadRequest, ApiProblems.ContentType)
            .Produces<ProblemDetails>(StatusCodes.Status429TooManyRequests, ApiProblems.ContentType);
        api.MapPost("/match", MatchEndpoint.PostAsync).WithName("matchOrder").WithSummary("引き合いの文から、作れる会社を見つける")
            .WithDescription("送られた文は保存しません。条件に合わない会社の名前は返しません。")
            .RequireRateLimiting(RateLimits.Match)
            .DisableAntiforgery()
            .Accepts<ApiOrder>("application/json")
            .Produces<ApiMatchResult>()
            .Produces<ProblemDetails>(StatusCodes.Status400BadRequest, ApiProblems.ContentType)
            .Produces<ProblemDetails>(StatusCodes.Status413PayloadTooLarge, ApiProblems.ContentType)
            .Produces<ProblemDetails>(StatusCodes.Status415UnsupportedMediaType, ApiProblems.ContentType)
            .Produces<ProblemDetails>(StatusCodes.Status429TooManyRequests, ApiProblems.ContentType);
        // A wrong address or method is answered in the same language.
        app.Map("/api/{**path}", (HttpContext context) => Wrong(context)).AllowAnonymous().ExcludeFromDescription();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous().CacheOutput(PageCache.Text);
    }

    /// <summary>Is the answer to this request read by a program?</summary>
    public static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    private static IResult Wrong(HttpContext context)
    {
        var allowed = context.Request.Path.Value?.TrimEnd('/').ToUpperInvariant() switch
        {
            "/API/V1/COMPANIES" => HttpMethods.Get,
            "/API/V1/MATCH" => HttpMethods.Post,
            _ => null,
        };
        if (allowed is null)
            return ApiProblems.NotFound();
        // A body of another type never reaches the way in it was sent to.
        if (string.Equals(context.Request.Method, allowed, StringComparison.Ordinal))
            return MatchEndpoint.WrongType();
        context.Response.Headers.Allow = allowed;
        return ApiProblems.Of(StatusCodes.Status405MethodNotAllowed, "その方法では呼べません", $"この入り口は {allowed} で呼んでください。");
    }

    private static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        // Programs on other sites may read it; the pages' own rule is narrower.
        context.HttpContext.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        try
        {
            return await next(context);
        }
        catch (CatalogNotReadyException)
        {
            context.HttpContext.Response.Headers.RetryAfter = CatalogNotReadyException.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return ApiProblems.Of(StatusCodes.Status503ServiceUnavailable, "まだ準備中です", "会社の情報を読み込んでいます。少し待って、もう一度お試しください。");
        }
    }
}
