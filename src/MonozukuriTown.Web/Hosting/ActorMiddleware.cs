using System.Security.Claims;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Audit;

namespace MonozukuriTown.Web.Hosting;

/// <summary>Tells the change log who is acting in this request.</summary>
public static class ActorMiddleware
{
    public static IApplicationBuilder UseActor(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var actor = context.RequestServices.GetRequiredService<Actor>();
        actor.Name = "anonymous";
        if (Guid.TryParse(context.User.FindFirstValue(ClaimTypes.NameIdentifier), out var id))
        {
            actor.UserId = id;
            actor.Name = Roles.All.FirstOrDefault(context.User.IsInRole) ?? "user";
        }
        return next(context);
    });
}
