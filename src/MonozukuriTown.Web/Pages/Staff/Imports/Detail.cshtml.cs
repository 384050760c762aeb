using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Imports;
using MonozukuriTown.Core.Tables;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Staff.Imports;

public sealed class DetailModel(ImportService imports, ChangeHistory history, TownDbContext db) : PageModel
{
    /// <summary>Rows of a table that are shown; a file may change thousands.</summary>
    public const int Shown = 200;

    public ImportRun Run { get; private set; } = null!;

    /// <summary>Only while the import waits to be applied.</summary>
    public ImportReport? Report { get; private set; }

    /// <summary>What it wrote, by the change log.</summary>
    public Page<ChangeRow> Changes { get; private set; } = new([], null, null, "");

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Before { get; set; }

    public string Who { get; private set; } = "";

    public bool CanUndo { get; private set; }

    /// <summary>Why the button just pressed did nothing.</summary>
    public string? Refusal { get; private set; }

    /// <summary>What stayed when it was taken back, said once.</summary>
    [BindProperty(SupportsGet = true, Name = "kept")]
    public bool SomeKept { get; set; }

    public string Kept => SomeKept ? "そのあとに人が直した項目は、直したまま残しています。" : "";

    public static string Part(int count, string unit = "件") => count <= Shown
        ? string.Create(CultureInfo.InvariantCulture, $"{count:N0}{unit}")
        : string.Create(CultureInfo.InvariantCulture, $"{count:N0}{unit}のうち{Shown}{unit}");

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken) => await ShowAsync(id, cancellationToken) ? Page() : NotFound();

    public Task<IActionResult> OnPostApplyAsync(int id, CancellationToken cancellationToken) => ActAsync(id, imports.ApplyAsync, cancellationToken);

    public Task<IActionResult> OnPostUndoAsync(int id, CancellationToken cancellationToken) => ActAsync(id, imports.UndoAsync, cancellationToken);

    private async Task<IActionResult> ActAsync(int id, Func<int, CancellationToken, Task<ImportResult>> act, CancellationToken cancellationToken)
    {
        if (!await db.Set<ImportRun>().AnyAsync(r => r.Id == id, cancellationToken))
            return NotFound();
        var result = await act(id, cancellationToken);
        if (result.Done)
            return Redirect(StaffLinks.Import(id) + (result.SomeKept ? "?kept=true" : ""));
        Refusal = result.Sentence;
        await ShowAsync(id, cancellationToken);
        return Page();
    }

    private async Task<bool> ShowAsync(int id, CancellationToken cancellationToken)
    {
        if (await db.Set<ImportRun>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken) is not { } run)
            return false;
        Run = run;
        Who = await db.Users.Where(u => u.Id == run.UserId).Select(u => u.DisplayName).FirstOrDefaultAsync(cancellationToken) ?? "コマンド";
        if (run.Status == ImportStatus.Checked)
            Report = await imports.ReportAsync(id, cancellationToken);
        else
            Changes = await history.PageAsync(new ChangeFilter { Batch = run.Batch }, new PageQuery { After = After, Before = Before }, cancellationToken);
        CanUndo = run.Status == ImportStatus.Applied && (await imports.LastAppliedAsync(cancellationToken))?.Id == id;
        return true;
    }
}
