using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace MonozukuriTown.Web.Hosting;

/// <summary>Nobody types U+0000 and PostgreSQL stores none: such a request is refused before any page works on it.</summary>
public sealed class NoNulCharacters : IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (context.ModelState.Values.Any(entry => entry.AttemptedValue?.Contains('\0', StringComparison.Ordinal) == true))
            context.Result = new BadRequestResult();
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
    }
}
