using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MonozukuriTown.Core.Imports;
using MonozukuriTown.Core.Tables;

namespace MonozukuriTown.Web.Pages.Staff.Imports;

/// <summary>A file with nothing but the headers, to be filled in.</summary>
public sealed class TemplateModel(ImportService imports) : PageModel
{
    public async Task<IActionResult> OnGetAsync(ImportKind kind, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid || !Enum.IsDefined(kind))
            return NotFound();
        using MemoryStream file = new();
        await CsvTable.WriteAsync(file, [.. imports.Columns(kind).Select(c => c.Header)], [], cancellationToken);
        return File(file.ToArray(), CsvTable.ContentType, $"{kind.ToString().ToLowerInvariant()}.csv");
    }
}
