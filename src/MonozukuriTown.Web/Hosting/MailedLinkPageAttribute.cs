using Microsoft.AspNetCore.Mvc.Filters;

namespace MonozukuriTown.Web.Hosting;

/// <summary>For pages whose address is somebody's key: it is told to no other site and kept by nothing in between.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MailedLinkPageAttribute : ResultFilterAttribute
{
    public override void OnResultExecuting(ResultExecutingContext context)
    {
        var headers = context.HttpContext.Response.Headers;
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        headers["X-Robots-Tag"] = "noindex, nofollow";
    }
}
