using System.Net.Mime;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using MonozukuriTown.Core.Tables;

namespace MonozukuriTown.Web.Pages;

/// <summary>Rows as a file to keep, CSV or Excel.</summary>
/// <param name="name">Of the file, without its extension.</param>
public sealed class TableDownload(TableFormat format, string name, IReadOnlyList<string> headers, IAsyncEnumerable<IReadOnlyList<object?>> rows) : ActionResult
{
    public override Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.ContentType = TableFile.ContentType(format);
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue(DispositionTypeNames.Attachment) { FileNameStar = name + TableFile.Extension(format) }.ToString();
        return TableFile.WriteAsync(response.Body, format, headers, rows, context.HttpContext.RequestAborted);
    }
}
