using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Errors;

/// <summary>What a person sees instead of a stack trace. Reached by re-execution, so any method and any sender lands here.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class ErrorModel : PageModel
{
    public int Code { get; private set; }
    public string Title { get; private set; } = "";
    public string Sentence { get; private set; } = "";

    /// <summary>The page that another account may open.</summary>
    public string? Wanted { get; private set; }

    public void OnGet() => Show();

    public void OnPost() => Show();

    private void Show()
    {
        // Straight from the route: after a form that cannot be read, binding gives up on every parameter.
        _ = int.TryParse(RouteData.Values["code"] as string, CultureInfo.InvariantCulture, out var code);
        if (HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error is CatalogNotReadyException)
        {
            code = StatusCodes.Status503ServiceUnavailable;
            Response.Headers.RetryAfter = CatalogNotReadyException.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }
        // A form that is too large cannot be read, and without its token it looks like one that is too old.
        if (code == 400 && Request.ContentLength > HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize)
            code = StatusCodes.Status413PayloadTooLarge;
        (Code, Title, Sentence) = code switch
        {
            400 => (400, "送られた内容を受け取れませんでした", "画面を開いてから時間がたつと、送れないことがあります。前の画面を開き直して、もう一度お試しください。"),
            403 => (403, "このページは開けません", Forbidden),
            404 or 405 => (404, "ページが見つかりません", "アドレスがちがうか、ページがなくなりました。掲載をやめた会社のページも、この表示になります。"),
            410 => (410, "このページはなくなりました", "この会社は掲載を終えました。同じ加工ができる会社を、さがすページから見つけられます。"),
            413 => (413, "送られたものが大きすぎます", "ファイルや文章を小さくして、もう一度お試しください。"),
            429 => (429, "しばらくお待ちください", "短い時間に続けてお使いになったため、いまは受け付けていません。1分ほど待って、もう一度お試しください。"),
            503 => (503, "まもなく開きます", "始めたばかりで、会社の一覧を読み込んでいます。数秒待って、もう一度開いてください。"),
            _ => (500, "うまく表示できませんでした", "こちらの不具合です。申し訳ありません。少し待って、もう一度お試しください。入力した内容は、前の画面に戻ると残っていることがあります。"),
        };
        if (Code == 403)
            Wanted = HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is { } first ? first.OriginalPathBase + first.OriginalPath + first.OriginalQueryString : SiteLinks.Home;
        Response.StatusCode = Code;
    }

    private string Forbidden => User.Identity?.IsAuthenticated == true
        ? $"いまのアカウント（{string.Join("・", [User.FindFirstValue(TownClaims.DisplayName), .. Roles.All.Where(User.IsInRole).Select(Roles.Word)])}）では見られないページです。見られるアカウントをお持ちなら、ログインし直してください。"
        : "ログインしないと見られないページです。";
}
