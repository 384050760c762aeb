using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Confirming;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Staff.Companies;

/// <summary>返信票: one page of A4 for companies that prefer FAX. What comes back staff enter on the company's page.</summary>
public sealed class SheetModel(TownDbContext db, FreshnessRequests requests, LinkKey key, IOptions<TownOptions> town) : PageModel
{
    public Company Company { get; private set; } = null!;

    /// <summary>What the code on it opens; null: no sheet was made yet.</summary>
    public string? Address { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id)
    {
        if (!await LoadAsync(id))
            return NotFound();
        if (await requests.SheetAsync(id, HttpContext.RequestAborted) is { } sheet)
            Address = town.Value.BaseUrl.TrimEnd('/') + MailedLinks.Path(key, LinkPurpose.Freshness, sheet.Link.Id);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id)
    {
        if (!await LoadAsync(id))
            return NotFound();
        await requests.OpenSheetAsync(Company, HttpContext.RequestAborted);
        return Redirect(StaffLinks.Sheet(id));
    }

    private async Task<bool> LoadAsync(int id)
    {
        if (await db.Companies.AsNoTracking().WithParts().SingleOrDefaultAsync(c => c.Id == id, HttpContext.RequestAborted) is not { } company)
            return false;
        Company = company;
        return true;
    }
}
