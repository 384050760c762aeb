using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Tables;

namespace MonozukuriTown.Web.Pages.Staff.Audit;

/// <summary>変更の記録. What is personal is opened change by change, with a reason, and that too is on record.</summary>
public sealed class IndexModel(ChangeHistory history, TownDbContext db) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "company")]
    public int? CompanyId { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Entity { get; set; }

    /// <summary>As it was typed: 2026-10-28 or 令和8年10月28日.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Day { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Before { get; set; }

    public Page<ChangeRow> Changes { get; private set; } = null!;
    public string? CompanyName { get; private set; }

    /// <summary>The one change whose personal half was asked for.</summary>
    public long? Opened { get; private set; }
    public IReadOnlyList<CellChange> Personal { get; private set; } = [];

    public IEnumerable<SelectListItem> Entities =>
        ChangeWords.EntityNames.Select(e => new SelectListItem(e.Value, e.Key)).Prepend(new("すべて", ""));

    public Dictionary<string, string> Query(string? after = null, string? before = null)
    {
        Dictionary<string, string> query = new(StringComparer.Ordinal);
        void Set(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                query[name] = value;
        }
        Set("company", CompanyId?.ToString(CultureInfo.InvariantCulture));
        Set("entity", Entity);
        Set("day", Day);
        Set("after", after);
        Set("before", before);
        return query;
    }

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostPersonalAsync(long id, string? reason)
    {
        reason = reason?.Trim();
        if (string.IsNullOrEmpty(reason))
            ModelState.AddModelError("", "見る理由を書いてください。理由は記録に残ります。");
        else if (reason.Length > ChangeLogEntry.ReasonMax)
            ModelState.AddModelError("", $"見る理由は{ChangeLogEntry.ReasonMax}文字までで書いてください。");
        else if (await history.OpenPersonalAsync(id, reason, HttpContext.RequestAborted) is { } cells)
            (Opened, Personal) = (id, cells);
        else
            return NotFound();
        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        DateOnly? day = null;
        if (!string.IsNullOrWhiteSpace(Day))
        {
            if (JapaneseDate.TryParse(Day, out var read))
                day = read;
            else
                ModelState.AddModelError(nameof(Day), "日付は 2026-10-28 や 令和8年10月28日 のように書いてください。");
        }
        if (CompanyId is { } id)
            CompanyName = await db.Companies.Where(c => c.Id == id).Select(c => c.Name).SingleOrDefaultAsync(HttpContext.RequestAborted);
        Changes = await history.PageAsync(
            new ChangeFilter { CompanyId = CompanyId, Entity = string.IsNullOrEmpty(Entity) ? null : Entity, Day = day },
            new PageQuery { After = After, Before = Before }, HttpContext.RequestAborted);
    }
}
