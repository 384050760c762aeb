using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Imports;
using MonozukuriTown.Core.Tables;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Staff.Imports;

// Above what is read: a file that is too large gets a sentence on this page, not a broken connection.
[RequestSizeLimit(MaxRequest)]
[RequestFormLimits(MultipartBodyLengthLimit = MaxRequest)]
public sealed class IndexModel(ImportService imports, TownDbContext db, IOptions<TownOptions> town) : PageModel
{
    private const int MaxRequest = 128 * 1024 * 1024;

    private Dictionary<Guid, string> _people = [];

    [BindProperty]
    public ImportKind Kind { get; set; }

    [BindProperty]
    public IFormFile? Upload { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Before { get; set; }

    public Page<ImportRun> Runs { get; private set; } = new([], null, null, "");

    public IReadOnlyList<SelectListItem> Kinds => [.. Enum.GetValues<ImportKind>().Select(k => new SelectListItem(ImportWords.Of(k, town.Value), k.ToString()))];

    public IEnumerable<(ImportKind Kind, IReadOnlyList<ImportColumn> Columns)> Columns => Enum.GetValues<ImportKind>().Select(k => (k, imports.Columns(k)));

    public string ClearWord => ImportService.ClearWord;

    public string? UploadError => ModelState.TryGetValue(nameof(Upload), out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : null;

    /// <summary>Who brought it; a command has no name.</summary>
    public string Who(ImportRun run) => run.UserId is { } id ? _people.GetValueOrDefault(id, "（いまはいない人）") : "コマンド";

    public Task OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Upload is null)
            ModelState.AddModelError(nameof(Upload), "ファイルをえらんでください。");
        if (ModelState.IsValid)
        {
            try
            {
                await using var stream = Upload!.OpenReadStream();
                return Redirect(StaffLinks.Import((await imports.CheckAsync(Kind, stream, Upload.FileName, cancellationToken)).Id));
            }
            catch (UnreadableFileException e)
            {
                ModelState.AddModelError(nameof(Upload), e.Message);
            }
        }
        await ShowAsync(cancellationToken);
        return Page();
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        Runs = await ImportService.Sorts.PageAsync(db.Set<ImportRun>().AsNoTracking(), new PageQuery { After = After, Before = Before, Size = 20 }, cancellationToken);
        var ids = Runs.Items.Select(r => r.UserId).OfType<Guid>().ToList();
        _people = await db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellationToken);
    }
}
