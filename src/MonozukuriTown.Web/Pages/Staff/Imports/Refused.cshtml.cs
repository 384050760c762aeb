using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Imports;
using MonozukuriTown.Core.Tables;

namespace MonozukuriTown.Web.Pages.Staff.Imports;

/// <summary>All lines that can't come in, for whoever mends the file.</summary>
public sealed class RefusedModel(ImportService imports, ChangeHistory history) : PageModel
{
    private static readonly string[] Headers = ["行", "会社", "項目", "書かれていたもの", "理由と直し方"];

    public async Task<IActionResult> OnGetAsync(int id, TableFormat format, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid || await imports.ReportAsync(id, cancellationToken) is not { } report)
            return NotFound();
        // What was written there can be anything of a person.
        await history.DownloadedAsync("取り込めなかった行", report.Refused.Count, $"取り込み {id}", words: null, cancellationToken);
        var rows = report.Refused.Select(r => (IReadOnlyList<object?>)[r.Line, r.Name, r.Field, r.Written, r.Reason]);
        return new TableDownload(format, string.Create(CultureInfo.InvariantCulture, $"refused-{id}"), Headers, rows.ToAsyncEnumerable());
    }
}
