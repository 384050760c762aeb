using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Tables;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Staff.Companies;

public sealed class IndexModel(CompanyList list, TownClock clock, IOptions<TownOptions> town) : PageModel
{
    private static readonly string[] Headers =
    [
        "企業ID", "会社名", "読み", "市区町村", "町名", "番地", "電話番号", "FAX", "ウェブサイト", "従業員", "掲載状態", "掲載日", "最後に確認した日", "加工の数", "会員", "認定番号", "掲載アドレス",
    ];

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public CompanyStatus? Status { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? City { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Before { get; set; }

    public Page<CompanyRow> Rows { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Cities { get; private set; } = [];

    public static IEnumerable<SelectListItem> Statuses =>
        Enum.GetValues<CompanyStatus>().Select(s => new SelectListItem(CompanyWords.Of(s), s.ToString())).Prepend(new("すべて", ""));

    public bool IsOld(CompanyRow row) => row.ConfirmedAt is { } at && TownClock.DateOf(at) < clock.Today.AddYears(-1);

    private CompanyFilter Filter => new() { Words = Q, Status = Status, City = City };

    public async Task OnGetAsync()
    {
        // A filter that means nothing filters nothing: this is an address, not a form somebody filled in.
        ModelState.Clear();
        Rows = await list.PageAsync(Filter, new PageQuery { Sort = Sort, After = After, Before = Before }, HttpContext.RequestAborted);
        Cities = [new("すべて", ""), .. (await list.CitiesAsync(HttpContext.RequestAborted)).Select(c => new SelectListItem(c, c))];
    }

    public IActionResult OnGetCsv() => Download(TableFormat.Csv);

    public IActionResult OnGetXlsx() => Download(TableFormat.Xlsx);

    public string Address(string? sort = null, string? after = null, string? before = null, string? handler = null) =>
        QueryHelpers.AddQueryString(StaffLinks.Companies, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["q"] = Q,
            ["status"] = Status?.ToString(),
            ["city"] = City,
            ["sort"] = sort ?? (handler is null ? Sort : null),
            ["after"] = after,
            ["before"] = before,
            ["handler"] = handler,
        }.Where(p => !string.IsNullOrEmpty(p.Value)));

    /// <summary>The whole list as filtered, without what is personal.</summary>
    private TableDownload Download(TableFormat format) => new(format, $"{town.Value.City}の会社_{clock.Today:yyyy-MM-dd}", Headers, list.AllAsync(Filter).Select(IReadOnlyList<object?> (c) =>
    [
        c.ExternalId, c.Name, c.Kana, c.City, c.Town, c.Address, c.Tel, c.Fax, c.Web, c.Employees, CompanyWords.Of(c.Status), c.ListedOn,
        c.ConfirmedAt is { } at ? TownClock.DateOf(at) : null, c.Capabilities, c.Member, c.AwardNumber, c.Slug,
    ]));
}
