using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MonozukuriTown.Core.Imports;
using MonozukuriTown.Core.Tables;

namespace MonozukuriTown.Web.Pages.Staff.Imports;

/// <summary>A file with nothing but the headers, to be filled in.</summary>
public sealed class TemplateModel(ImportService imports) : PageModel
{
    public IActionResult OnGet(ImportKind kind, TableFormat format) => ModelState.IsValid && Enum.IsDefined(kind)
        ? new TableDownload(format, kind.ToString().ToLowerInvariant(), [.. imports.Columns(kind).Select(c => c.Header)], AsyncEnumerable.Empty<IReadOnlyList<object?>>())
        : NotFound();
}
